//! A synthetic runner: a made-up body with known truth, two pods on it, and the bytes they would send.
//!
//! Not a model of people: it exists so that every stage can be tested against numbers that are known.
//! Invariant: the same scenario and seed give the same bytes.
