//! The Plumbline core from a terminal.
fn main() {}
