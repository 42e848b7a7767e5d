//! Sentences: the one place that knows a language.
//!
//! Decides nothing about running. Invariant: every message id exists in every language (a test).
