//! UniFFI's generator for Swift, kept apart so that its `cli` feature stays out of the shipped library.
fn main() {
    uniffi::uniffi_bindgen_swift();
}
