use super::*;

const BOOT: u16 = 7;

fn at(seconds: f64) -> Timestamp {
    Timestamp(0).plus_seconds(seconds)
}

fn block(sequence: u32) -> BlockName {
    BlockName { boot: BOOT, sequence }
}

fn range(first: u32, last: u32) -> BlockRange {
    BlockRange {
        boot: BOOT,
        first,
        last,
    }
}

/// A link that is ready and whose Live came up to 9 and went on at `after`.
fn with_a_hole_up_to(after: u32) -> Backfill {
    let mut backfill = Backfill::default();
    backfill.ready(at(0.0));
    for sequence in (0..10).chain([after]) {
        backfill.live(at(0.0), block(sequence));
    }
    backfill
}

fn asked(backfill: &mut Backfill) -> Vec<(u8, Request)> {
    let requests = backfill.take_requests();
    requests
        .iter()
        .map(|bytes| Request::decode(bytes).unwrap())
        .collect()
}

fn answer(reference: u8, status: Status) -> Vec<u8> {
    Answer::plain(0x03, reference, status).encode()
}

#[test]
fn nothing_is_asked_while_nothing_is_missing_or_nobody_would_answer() {
    let mut backfill = Backfill::default();
    backfill.live(at(0.0), block(0));
    backfill.live(at(0.1), block(5));
    assert!(asked(&mut backfill).is_empty());
    backfill.ready(at(0.2));
    assert_eq!(asked(&mut backfill).len(), 1);
    let mut whole = Backfill::default();
    whole.ready(at(0.0));
    whole.live(at(0.0), block(0));
    whole.live(at(0.1), block(1));
    assert!(asked(&mut whole).is_empty());
}

#[test]
fn a_hole_is_asked_for_once_and_credit_is_renewed_until_it_is_filled() {
    let mut backfill = with_a_hole_up_to(40);
    let first = asked(&mut backfill);
    let expected = Request::Backfill {
        ranges: vec![range(10, 39)],
        credit: 16,
    };
    assert_eq!(first, [(1, expected)]);
    backfill.answer(at(0.1), &answer(1, Status::Done));
    let mut renewed = Vec::new();
    for sequence in 10..40 {
        backfill.live(at(0.2), block(31 + sequence));
        backfill.stored(at(0.2), block(sequence));
        renewed.extend(asked(&mut backfill).into_iter().map(|(_, request)| request));
    }
    let acknowledged = |sequence| Request::Acknowledge {
        received_up_to: block(sequence),
        credit: 16,
    };
    assert_eq!(renewed, [acknowledged(17), acknowledged(25), acknowledged(33)]);
    backfill.answer(at(0.3), &answer(1, Status::Ended));
    assert!(asked(&mut backfill).is_empty());
    assert_eq!(backfill.memory().blocks.missing(), None);
}

#[test]
fn what_was_lost_on_the_way_is_asked_for_again() {
    let mut backfill = with_a_hole_up_to(15);
    asked(&mut backfill);
    for sequence in [10, 11, 14] {
        backfill.stored(at(0.1), block(sequence));
    }
    backfill.answer(at(0.2), &answer(1, Status::Ended));
    let again = Request::Backfill {
        ranges: vec![range(12, 13)],
        credit: 16,
    };
    assert_eq!(asked(&mut backfill), [(2, again)]);
}

#[test]
fn what_the_pod_does_not_keep_is_given_up() {
    for status in [Status::NothingKept, Status::Ended, Status::BadParameter] {
        let mut backfill = with_a_hole_up_to(15);
        asked(&mut backfill);
        backfill.answer(at(0.1), &answer(1, status));
        assert_eq!(backfill.memory().blocks.missing(), None, "{status:?}");
        assert!(asked(&mut backfill).is_empty());
    }
    let mut backfill = with_a_hole_up_to(15);
    asked(&mut backfill);
    let oldest = Answer {
        oldest_kept: Some(block(13)),
        ..Answer::plain(0x03, 1, Status::Done)
    };
    backfill.answer(at(0.1), &oldest.encode());
    assert_eq!(backfill.memory().blocks.missing(), Some(range(13, 14)));
}

#[test]
fn a_silent_pod_is_asked_three_times_and_a_busy_one_later() {
    let mut backfill = with_a_hole_up_to(15);
    let mut tries = 0;
    let mut now = at(0.0);
    for _ in 0..10 {
        let requests = asked(&mut backfill);
        tries += requests
            .iter()
            .filter(|(_, request)| matches!(request, Request::Backfill { .. }))
            .count();
        let Some(deadline) = backfill.next_deadline() else {
            break;
        };
        now = deadline;
        backfill.tick(now);
    }
    assert_eq!(tries, 3);
    assert_eq!(backfill.next_deadline(), None, "after {now:?} it is left alone");

    let mut busy = with_a_hole_up_to(15);
    asked(&mut busy);
    busy.answer(at(0.1), &answer(1, Status::Busy));
    assert!(asked(&mut busy).is_empty());
    busy.tick(at(1.2));
    assert_eq!(asked(&mut busy).len(), 1);
}

#[test]
fn the_next_link_knows_what_the_last_one_missed() {
    let mut before = with_a_hole_up_to(15);
    let mut after = Backfill::default();
    *after.memory() = std::mem::take(before.memory());
    after.live(at(9.0), block(30));
    after.ready(at(9.1));
    let request = Request::Backfill {
        ranges: vec![range(10, 14)],
        credit: 16,
    };
    assert_eq!(asked(&mut after), [(1, request)]);
    assert_eq!(after.memory().blocks.missing_blocks(), 5 + 14);
}

#[test]
fn a_pod_without_stored_blocks_is_not_asked_again() {
    for status in [Status::NotOffered, Status::UnknownOperation, Status::BlockTooLong] {
        let mut backfill = with_a_hole_up_to(15);
        asked(&mut backfill);
        backfill.answer(at(0.1), &answer(1, status));
        backfill.live(at(0.2), block(20));
        assert!(asked(&mut backfill).is_empty(), "{status:?}");
        assert_eq!(backfill.next_deadline(), None);
    }
}
