#![no_main]

use plumbline_core::pod::kind::PodKind;

libfuzzer_sys::fuzz_target!(|input: &[u8]| plumbline_fuzz::stream(
    &[PodKind::LeanPod, PodKind::Phone],
    input
));
