//! A sample on its way from a pod's stamp to the body allocates nothing; alone in its binary, because it counts for the
//! whole process.

use std::alloc::System;

use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    session::{
        pipeline::{Event, Pipeline},
        stream::PodStream,
    },
    sim::{Scenario, notifications, presets, simulate},
    units::Timestamp,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// By then the mounting is known and every buffer is as long as it gets.
const WARM_S: f64 = 60.0;

#[test]
fn no_sample_that_completes_no_step_allocates() {
    let start = Timestamp(1_800_000_000_000_000);
    let scenario = Scenario {
        frame_loss: 0.01,
        ..Scenario::new(5, presets::run(presets::RunForm::Good, 120.0))
    };
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let (mut samples, mut steps, mut allocating) = (0, 0, 0);
    for one in notifications(&scenario, &simulate(&scenario), start) {
        let warm = one.arrival.seconds_since(start) > WARM_S;
        streams[one.site.index()].accept(one.arrival, start, &one.bytes, |sample| {
            let region = Region::new(COUNTED);
            let mut stepped = false;
            pipeline.push(one.site, sample, &RuleModel, &mut |event| {
                stepped |= matches!(event, Event::Step(_));
            });
            let change = region.change();
            if warm {
                samples += 1;
                steps += u32::from(stepped);
                allocating += u32::from(!stepped && change.allocations + change.reallocations > 0);
            }
        });
    }
    assert!(
        samples > 10_000 && steps > 150,
        "{samples} samples, {steps} steps"
    );
    assert_eq!(allocating, 0, "of {samples} samples");
}
