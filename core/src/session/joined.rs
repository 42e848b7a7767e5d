//! Keeps the list of gaps short, however often a pod fails.
//!
//! Notices no gap. Invariant: the time lost to each pod and reason stays what it was, and the list is bounded.

use super::report::{Gap, GapReason};
use crate::pod::site::Site;

/// Most gaps of one pod and one reason that a list holds. Ours: more than anybody reads.
const MOST: usize = 256;

/// The same gaps in time order. Where there are more than [`MOST`] of one pod and reason, as many neighbours as needed
/// become one, which begins with the first of them and lasts as long as all of them together.
pub(super) fn join(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut kinds: Vec<(Option<Site>, GapReason, Vec<Gap>)> = Vec::new();
    for gap in gaps {
        let kind = kinds
            .iter_mut()
            .find(|(site, reason, _)| (*site, *reason) == (gap.site, gap.reason));
        match kind {
            Some((_, _, of_kind)) => of_kind.push(gap),
            None => kinds.push((gap.site, gap.reason, vec![gap])),
        }
    }
    let kinds = kinds.into_iter().map(|(_, _, gaps)| gaps);
    let mut joined: Vec<Gap> = kinds.flat_map(shortened).collect();
    joined.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    joined
}

/// Gaps of one kind.
fn shortened(mut gaps: Vec<Gap>) -> Vec<Gap> {
    if gaps.len() <= MOST {
        return gaps;
    }
    gaps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let together = |neighbours: &[Gap]| {
        let lost_s: f64 = neighbours.iter().map(|gap| gap.end_s - gap.start_s).sum();
        neighbours.first().map(|first| Gap {
            end_s: first.start_s + lost_s,
            ..*first
        })
    };
    let neighbours = gaps.len().div_ceil(MOST);
    gaps.chunks(neighbours).filter_map(together).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(count: u32, site: Site) -> Vec<Gap> {
        let gap = |k: u32| Gap {
            start_s: 0.03 * f64::from(k),
            end_s: 0.03 * f64::from(k) + 0.01,
            site: Some(site),
            reason: GapReason::BadValue,
        };
        (0..count).map(gap).collect()
    }

    fn lost_s(gaps: &[Gap], site: Site) -> f64 {
        let of_site = gaps.iter().filter(|gap| gap.site == Some(site));
        of_site.map(|gap| gap.end_s - gap.start_s).sum()
    }

    #[test]
    fn many_gaps_become_few_that_lose_as_much_and_do_not_overlap() {
        let mut all = gaps(11_209, Site::Chest);
        all.extend(gaps(3, Site::Pelvis));
        let joined = join(all.clone());
        assert!(joined.len() <= MOST + 3, "{}", joined.len());
        for site in Site::ALL {
            assert!((lost_s(&joined, site) - lost_s(&all, site)).abs() < 1e-6);
        }
        assert!(joined.is_sorted_by(|a, b| a.start_s <= b.start_s));
        let chest: Vec<&Gap> = joined
            .iter()
            .filter(|gap| gap.site == Some(Site::Chest))
            .collect();
        assert!(chest.windows(2).all(|pair| pair[0].end_s <= pair[1].start_s));
    }

    #[test]
    fn few_gaps_stay_as_they_are() {
        let few = gaps(MOST as u32, Site::Pelvis);
        assert_eq!(join(few.clone()), few);
    }
}
