#![no_main]

use plumbline_core::pod::kind::PodKind;

libfuzzer_sys::fuzz_target!(
    init: plumbline_fuzz::seeds::write("polar"),
    |input: &[u8]| plumbline_fuzz::stream(&[PodKind::PolarH10, PodKind::PolarVeritySense, PodKind::PolarOh1], input)
);
