//! Whatever a radio says.

use proptest::prelude::*;

use super::*;

/// Anything a radio may say of pod `A`, however little sense it makes; a device that is no pod is left out.
fn anything() -> impl Strategy<Value = RadioEvent> {
    let pod = || id("A");
    let characteristic = LIVE;
    let errors = prop_oneof![
        Just(ConnectError::Pending),
        Just(ConnectError::Unknown),
        Just(ConnectError::NeedsPairing),
        Just(ConnectError::Other(String::new())),
    ];
    let adapters = prop_oneof![
        Just(AdapterState::On),
        Just(AdapterState::Off),
        Just(AdapterState::Absent),
        Just(AdapterState::NotPermitted),
    ];
    let gatt = prop_oneof![
        Just(GattEvent::Subscribed { characteristic }),
        Just(GattEvent::Wrote { characteristic }),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(move |bytes| GattEvent::Value {
            characteristic,
            bytes
        }),
        any::<u8>().prop_map(move |code| GattEvent::Failed {
            characteristic,
            error: GattError::Attribute(code),
        }),
    ];
    let found = Advertisement {
        name: Some("LeanPod-A".to_owned()),
        ..Advertisement::default()
    };
    let offered = vec![LIVE];
    prop_oneof![
        adapters.prop_map(RadioEvent::Adapter),
        Just(RadioEvent::Found {
            pod: pod(),
            advertisement: found
        }),
        Just(RadioEvent::Connected { pod: pod() }),
        errors.prop_map(move |error| RadioEvent::ConnectFailed { pod: pod(), error }),
        Just(RadioEvent::Disconnected { pod: id("A") }),
        Just(RadioEvent::Discovered {
            pod: id("A"),
            offered
        }),
        gatt.prop_map(|event| RadioEvent::Gatt { pod: id("A"), event }),
    ]
}

/// What a good radio answers to what it is asked.
fn obey(table: &mut Table, asked: &[String]) -> Vec<String> {
    let answers = asked.iter().flat_map(|asked| match asked.as_str() {
        "connect A" => table.connected("A"),
        "discover A" => table.discovered("A"),
        "subscribe A" => table.gatt("A", GattEvent::Subscribed { characteristic: LIVE }),
        "disconnect A" => table.disconnected("A"),
        "scan" => table.found("A"),
        _ => Vec::new(),
    });
    answers.collect()
}

proptest! {
    #[test]
    fn whatever_the_radio_said_a_good_one_brings_the_pod_back(
        noise in prop::collection::vec((anything(), 0.0..20.0_f64), 0..40)
    ) {
        let mut table = Table::with_a_pod();
        for (event, pause_s) in noise {
            table.tell(event);
            table.pass(pause_s);
            let waits = table.roster.pods().all(|pod| pod.next_deadline().is_some());
            prop_assert!(waits || table.state("A") == PodState::RadioOff, "{:?}", table.state("A"));
        }
        table.tell(RadioEvent::Adapter(AdapterState::Off));
        let mut asked = table.tell(RadioEvent::Adapter(AdapterState::On));
        for _ in 0..300 {
            while !asked.is_empty() {
                asked = obey(&mut table, &asked);
            }
            if table.state("A") == PodState::Streaming {
                table.data("A");
            }
            asked = table.pass(1.0);
        }
        prop_assert_eq!(table.state("A"), PodState::Streaming);
    }
}
