#![no_main]

use plumbline_core::pod::kind::PodKind;

libfuzzer_sys::fuzz_target!(
    init: plumbline_fuzz::seeds::write("lean_pod"),
    |input: &[u8]| plumbline_fuzz::stream(&[PodKind::LeanPod, PodKind::Phone], input)
);
