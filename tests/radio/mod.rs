//! Pods by way of btleplug and a fake BlueZ, into a coach.
//!
//! Nothing between the pod's bytes and the coach is replaced but BlueZ itself. Not shown here: the kernel, the MTU and real
//! timing. BlueZ's manners (answers that never come, slow farewells) are played as a real one showed them.

mod bed;
mod faults;
mod others;
mod rig;
mod signals;
mod streams;
