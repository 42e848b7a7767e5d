#![no_main]

libfuzzer_sys::fuzz_target!(
    init: plumbline_fuzz::seeds::write("values"),
    |input: &[u8]| plumbline_fuzz::values(input)
);
