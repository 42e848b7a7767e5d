//! Pairing: which pods are this runner's, and keeping each of them streaming for as long as a run lasts.
//!
//! Touches no radio and reads no clock: [`RadioEvent`]s and time go in, [`RadioRequest`]s and [`LinkEvent`]s come out.
//! Invariant: a pod that was never paired is never connected, but for showing itself when the runner asks.
//!
//! [`LinkEvent`]: super::link::LinkEvent

mod machine;
mod radio;
mod roster;
mod state;
#[cfg(test)]
mod tests;
mod wish;

pub use machine::{MakeConversation, PodMachine, PodOutput};
pub use radio::{AdapterState, ConnectError, PodId, RadioEvent, RadioRequest};
pub use roster::{FoundPod, PairingOutput, Roster};
pub use state::{Belonging, PodState};
pub use wish::{PairRefusal, RememberedPod, Wish};
