#![no_main]

libfuzzer_sys::fuzz_target!(
    init: plumbline_fuzz::seeds::write("talks"),
    |input: &[u8]| plumbline_fuzz::talks(input)
);
