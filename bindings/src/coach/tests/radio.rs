//! A shell with a radio of its own.

use std::sync::Mutex;

use plumbline_core::pod::pairing::{AdapterState, PodState};

use super::*;
use crate::radio::{NativeRadio, PodCharacteristic, RadioEvent, RadioRequest};

const SERVICE: &str = "43590100-5f8b-463e-8d5c-dc22cafd3ef7";
const LIVE: &str = "43590103-5f8b-463e-8d5c-dc22cafd3ef7";

/// Notes what it is asked.
#[derive(Default)]
struct Noting(Mutex<Vec<RadioRequest>>);

impl NativeRadio for Noting {
    fn perform(&self, request: RadioRequest) -> Result<(), CallbackError> {
        self.0.lock().unwrap().push(request);
        Ok(())
    }
}

impl Noting {
    fn take(&self) -> Vec<RadioRequest> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn live() -> PodCharacteristic {
    PodCharacteristic {
        service: SERVICE.into(),
        characteristic: LIVE.into(),
    }
}

fn found(pod: &str, name: &str) -> RadioEvent {
    RadioEvent::Found {
        pod: pod.into(),
        name: Some(name.into()),
        services: vec![SERVICE.into()],
        manufacturer_data: Vec::new(),
        rssi_dbm: Some(-48),
    }
}

#[test]
fn a_pod_is_found_paired_and_streams_by_the_shells_own_radio() {
    let clock = HandClock::new();
    let coach = Coach::with_clock(in_memory(), None, clock as Arc<dyn HostClock>).unwrap();
    let radio = Arc::new(Noting::default());
    coach
        .use_radio(Arc::clone(&radio) as Arc<dyn NativeRadio>)
        .unwrap();
    let pod = || "A1B2".to_owned();
    coach.scan().unwrap();
    assert_eq!(radio.take(), []);
    coach
        .radio_event(RadioEvent::Adapter {
            state: AdapterState::On,
        })
        .unwrap();
    assert!(matches!(radio.take()[..], [RadioRequest::StartScan { .. }]));
    coach.radio_event(found("A1B2", "LeanPod-A1B2")).unwrap();
    assert_eq!(coach.pods().found[0].name, "LeanPod-A1B2");
    coach.pair(pod(), Site::Chest).unwrap();
    coach.stop_scan().unwrap();
    assert_eq!(
        radio.take(),
        [RadioRequest::Connect { pod: pod() }, RadioRequest::StopScan]
    );
    coach.radio_event(RadioEvent::Connected { pod: pod() }).unwrap();
    assert_eq!(radio.take(), [RadioRequest::Discover { pod: pod() }]);
    let offered = vec![live()];
    coach
        .radio_event(RadioEvent::Discovered { pod: pod(), offered })
        .unwrap();
    let characteristic = live();
    assert_eq!(
        radio.take(),
        [RadioRequest::Subscribe {
            pod: pod(),
            characteristic
        }]
    );
    let characteristic = live();
    coach
        .radio_event(RadioEvent::Subscribed {
            pod: pod(),
            characteristic,
        })
        .unwrap();
    let paired = &coach.pods().paired[0];
    assert_eq!(
        (paired.state, paired.site),
        (PodState::Streaming, Some(Site::Chest))
    );
    assert_eq!(coach.view().pods.len(), 1);
    coach
        .radio_event(RadioEvent::Disconnected { pod: pod() })
        .unwrap();
    assert_eq!(radio.take(), [RadioRequest::Connect { pod: pod() }]);
    assert_eq!(coach.view().pods.len(), 0);
}

#[test]
fn what_means_nothing_is_refused_and_what_stands_in_the_way_is_a_sentence() {
    let coach = Coach::new(in_memory(), None).unwrap();
    let nonsense = RadioEvent::Wrote {
        pod: "A".into(),
        characteristic: PodCharacteristic {
            service: "heart".into(),
            characteristic: "rate".into(),
        },
    };
    assert!(matches!(
        coach.radio_event(nonsense),
        Err(CoachError::Invalid { .. })
    ));
    let Err(CoachError::NotNow { detail }) = coach.pair("A".into(), Site::Chest) else {
        panic!("nothing is nearby");
    };
    assert_eq!(detail, "This pod is not nearby. Switch it on and look again.");
    coach.use_radio(Arc::new(Noting::default())).unwrap();
    let again = coach.use_radio(Arc::new(Noting::default()));
    assert!(matches!(again, Err(CoachError::Invalid { .. })));
}
