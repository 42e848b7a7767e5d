//! No decoder allocates for a frame once its buffers are as long as they get; alone in its binary, because it counts for
//! the whole process.

use std::alloc::System;

#[path = "../benches/decoders/streams.rs"]
mod streams;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use streams::streams;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn no_decoder_allocates_for_a_frame() {
    for mut stream in streams(400) {
        let half = stream.notifications.len() / 2;
        let (warm, measured) = stream.notifications.split_at(half);
        let mut samples = 0;
        for (characteristic, bytes) in warm {
            let outcome = stream.decoder.decode(*characteristic, bytes, &mut |_| {});
            assert_eq!(outcome, Ok(()), "{}", stream.name);
        }
        let region = Region::new(COUNTED);
        for (characteristic, bytes) in measured {
            let _ = stream.decoder.decode(*characteristic, bytes, &mut |frame| {
                samples += frame.samples.len();
            });
        }
        let change = region.change();
        assert!(samples > 100, "{}: {samples}", stream.name);
        assert_eq!(
            change.allocations + change.reallocations,
            0,
            "{}: of {samples} samples",
            stream.name
        );
    }
}
