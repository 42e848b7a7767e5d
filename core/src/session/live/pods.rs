//! What the runner is told of the pods while a session goes on.
//!
//! Judges no pod. Invariant: a change is told once, when it is known.

use super::Session;
use crate::{
    drill::message::{Argument, Message},
    pod::{fault::PodFault, site::Site},
    session::output::CueKind,
    units::Timestamp,
};

impl Session {
    /// Tells which pods fell silent or came back.
    pub(super) fn tell_quiet_pods(&mut self, now: Timestamp) {
        for site in Site::ALL {
            let stream = &mut self.streams[site.index()];
            let quiet = stream.last_arrival().is_some() && !stream.is_live(now);
            if std::mem::replace(&mut stream.told.quiet, quiet) != quiet {
                self.tell_of_pod(site, if quiet { "pod-quiet" } else { "pod-back" });
            }
        }
    }

    /// Tells that a pod turned on its strap, and that a stand has made it measure again.
    pub(super) fn tell_moved_pod(&mut self, site: Site) {
        let moved = self.pipeline.moved_now(site);
        let told = &mut self.streams[site.index()].told.moved;
        if std::mem::replace(told, moved) != moved {
            self.tell_of_pod(site, if moved { "pod-moved" } else { "pod-stood-again" });
        }
    }

    /// Tells that nothing can be made of a pod's signal, and that it can again.
    pub(super) fn tell_faulty_pod(&mut self, site: Site) {
        let stream = &mut self.streams[site.index()];
        let faulty = stream.fault().is_some_and(PodFault::is_blind);
        if std::mem::replace(&mut stream.told.faulty, faulty) != faulty {
            self.tell_of_pod(site, if faulty { "pod-faulty" } else { "pod-back" });
        }
    }

    fn tell_of_pod(&mut self, site: Site, id: &'static str) {
        let message = Message::plain(id).with("pod", Argument::Named(site.message()));
        self.said.push((CueKind::Pod, message));
    }
}
