//! A store that fails on demand, and a model that is never asked.

use crate::{
    lean::{features::FeatureVector, model::LeanModel, reading::Probabilities},
    pod::{pairing::RememberedPod, site::Site},
    ports::{HistoryStore, SessionId, SessionRow, StoreError},
    session::{
        input::CheckIn,
        log::{LogEntry, SessionContext},
        output::SessionKind,
        report::SessionReport,
    },
    units::Timestamp,
};

/// Keeps sessions in memory, unless told to fail.
#[derive(Default)]
pub(super) struct Scripted {
    pub(super) sessions: Vec<Kept>,
    pub(super) check_ins: Vec<Timestamp>,
    pub(super) pods: Vec<RememberedPod>,
    /// Every call answers this while it is set.
    pub(super) failure: Option<StoreError>,
    /// Only `finish` answers this while it is set.
    pub(super) finish_failure: Option<StoreError>,
    pub(super) writes: u32,
}

#[derive(Default)]
pub(super) struct Kept {
    pub(super) entries: Vec<LogEntry>,
    pub(super) report: Option<SessionReport>,
}

impl Scripted {
    fn write(&mut self) -> Result<(), StoreError> {
        self.writes += 1;
        self.failure.clone().map_or(Ok(()), Err)
    }

    fn kept(&mut self, id: &SessionId) -> Result<&mut Kept, StoreError> {
        let index: usize = id.0.parse().unwrap();
        self.sessions
            .get_mut(index)
            .ok_or_else(|| StoreError::NotFound(id.0.clone()))
    }
}

impl HistoryStore for Scripted {
    fn begin(&mut self, _at: Timestamp, _kind: SessionKind) -> Result<SessionId, StoreError> {
        self.write()?;
        self.sessions.push(Kept::default());
        Ok(SessionId((self.sessions.len() - 1).to_string()))
    }

    fn append(&mut self, id: &SessionId, entries: &[LogEntry]) -> Result<(), StoreError> {
        self.write()?;
        self.kept(id)?.entries.extend_from_slice(entries);
        Ok(())
    }

    fn finish(&mut self, id: &SessionId, report: &SessionReport) -> Result<(), StoreError> {
        self.write()?;
        self.finish_failure.clone().map_or(Ok(()), Err)?;
        self.kept(id)?.report = Some(report.clone());
        Ok(())
    }

    fn check_in(&mut self, at: Timestamp, _check_in: &CheckIn) -> Result<(), StoreError> {
        self.write()?;
        self.check_ins.push(at);
        Ok(())
    }

    fn sessions(&self, _before: Option<Timestamp>, _limit: u32) -> Result<Vec<SessionRow>, StoreError> {
        unreachable!("the desk never reads")
    }

    fn report(&self, _id: &SessionId) -> Result<SessionReport, StoreError> {
        unreachable!("the desk never reads")
    }

    fn log(&self, _id: &SessionId) -> Result<Vec<LogEntry>, StoreError> {
        unreachable!("the desk never reads")
    }

    fn delete(&mut self, _id: &SessionId) -> Result<(), StoreError> {
        unreachable!("the desk never deletes")
    }

    fn restore(&mut self, _id: &SessionId) -> Result<(), StoreError> {
        unreachable!("the desk never restores")
    }

    fn pods(&self) -> Result<Vec<RememberedPod>, StoreError> {
        Ok(self.pods.clone())
    }

    fn remember_pod(&mut self, pod: &RememberedPod) -> Result<(), StoreError> {
        self.write()?;
        self.pods.push(pod.clone());
        Ok(())
    }

    fn forget_pod(&mut self, site: Site) -> Result<(), StoreError> {
        self.write()?;
        self.pods.retain(|pod| pod.site != site);
        Ok(())
    }

    fn context(&self) -> Result<SessionContext, StoreError> {
        unreachable!("the desk never reads")
    }
}

/// A model that is never asked.
pub(super) struct NoModel;

impl LeanModel for NoModel {
    fn name(&self) -> &'static str {
        "none"
    }

    fn classify(&self, _features: &FeatureVector) -> Probabilities {
        Probabilities([0.0, 0.0, 0.0, 0.0, 1.0])
    }
}
