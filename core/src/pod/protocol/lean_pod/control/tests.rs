//! Requests and answers.

use proptest::prelude::*;

use super::*;

const RANGE: BlockRange = BlockRange {
    boot: 7,
    first: 258,
    last: 300,
};

#[test]
fn a_request_for_one_range_is_the_eighteen_bytes_of_the_document() {
    let request = Request::Backfill {
        ranges: vec![RANGE],
        credit: 16,
    };
    let bytes = request.encode(5);
    let expected = [0x03, 5, 0x05, 10, 7, 0, 2, 1, 0, 0, 0x2C, 1, 0, 0, 0x06, 2, 16, 0];
    assert_eq!(bytes, expected);
    assert_eq!(Request::decode(&bytes), Ok((5, request)));
}

#[test]
fn every_request_comes_back_from_its_bytes() {
    let name = BlockName { boot: 7, sequence: 9 };
    let settings = Settings {
        sample_interval_us: Some(4808),
        scale: Some(Scale::G16_DPS2000),
        format: Some(1),
        samples_per_block: Some(13),
    };
    let requests = [
        Request::GetSettings,
        Request::SetSettings(settings),
        Request::Acknowledge {
            received_up_to: name,
            credit: 3,
        },
        Request::StopBackfill,
        Request::Identify,
        Request::MarkEvent,
        Request::Erase,
    ];
    for request in requests {
        assert_eq!(Request::decode(&request.encode(200)), Ok((200, request)));
    }
}

#[test]
fn an_answer_comes_back_from_its_bytes() {
    let answer = Answer {
        oldest_kept: Some(BlockName { boot: 7, sequence: 1 }),
        sent_up_to: Some(BlockName {
            boot: 7,
            sequence: 300,
        }),
        ..Answer::plain(0x03, 5, Status::Ended)
    };
    let bytes = answer.encode();
    assert_eq!(bytes[..3], [0x83, 5, 0x08]);
    assert_eq!(Answer::decode(&bytes), Ok(answer));
}

#[test]
fn parameters_of_a_later_version_are_skipped() {
    let mut bytes = Answer::plain(0x01, 5, Status::Other(0x40)).encode();
    bytes.extend([0x99, 3, 1, 2, 3]);
    assert_eq!(
        Answer::decode(&bytes),
        Ok(Answer::plain(0x01, 5, Status::Other(0x40)))
    );
}

#[test]
fn what_cannot_be_read_is_answered_with_the_reason() {
    let refused = |bytes: &[u8]| Request::decode(bytes).unwrap_err().status;
    assert_eq!(refused(&[]), Status::UnknownOperation);
    assert_eq!(refused(&[0x60, 1]), Status::UnknownOperation);
    assert_eq!(refused(&[0x03, 1]), Status::BadParameter);
    assert_eq!(refused(&[0x04, 1, 0x06, 2, 1]), Status::BadParameter);
    let backwards = BlockRange { last: 1, ..RANGE };
    let request = Request::Backfill {
        ranges: vec![backwards],
        credit: 1,
    };
    assert_eq!(refused(&request.encode(1)), Status::BadParameter);
}

proptest! {
    #[test]
    fn any_bytes_are_answered_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        if let Ok((reference, request)) = Request::decode(&bytes) {
            prop_assert_eq!(Request::decode(&request.encode(reference)), Ok((reference, request)));
        }
        if let Ok(answer) = Answer::decode(&bytes) {
            prop_assert_eq!(Answer::decode(&answer.encode()), Ok(answer));
        }
    }
}
