#![no_main]

use plumbline_core::pod::kind::PodKind;

libfuzzer_sys::fuzz_target!(
    init: plumbline_fuzz::seeds::write("movella_dot"),
    |input: &[u8]| plumbline_fuzz::stream(&[PodKind::MovellaDot], input)
);
