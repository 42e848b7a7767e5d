//! Flows that cross modules.
