#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| plumbline_fuzz::values(input));
