//! How wrong tilt, speed and bias may be: the covariance of a Kalman filter, the same about both level axes.
//!
//! Holds no estimate. Invariant: variances are never negative.

use glam::DVec2;

use crate::units::GRAVITY;

const DEGREE: f64 = std::f64::consts::PI / 180.0;

/// A runner's speed over whole strides wanders by so much in one second, m/s. Ours.
const WANDER_MPS: f64 = 0.1;
/// Within a stride the speed of a pod swings by so much, m/s. Ours: a body's 0.2, a swaying chest and a loose strap.
const SWING_MPS: f64 = 0.4;
/// What scale, crosstalk and shaking of a gyroscope add to the tilt in one second, radians. Ours.
const GYRO_RAD: f64 = 0.15 * DEGREE;
/// How far a body tilts unseen in one second without a gyroscope, radians. Ours: follows a new posture within seconds.
const UNSEEN_RAD: f64 = 0.4 * DEGREE;
/// How much the bias of a gyroscope wanders in one second, rad/s. Ours: 0.1 degrees a second in 100 s, as VQF has it.
const BIAS_WANDER_RADPS: f64 = 0.01 * DEGREE;
/// The bias of a gyroscope that nothing is known of, rad/s. Ours.
const BIAS_RADPS: f64 = 1.0 * DEGREE;
/// A tenth of a second of rest tells tilt, radians, and bias, rad/s, to within so much: people sway. Ours.
const REST_RAD: f64 = 1.0 * DEGREE;
const REST_RADPS: f64 = 0.5 * DEGREE;
/// A speed this many standard deviations off is a change of speed. Ours.
const SURPRISE: f64 = 2.0;
/// But only where tilt, radians, and bias, rad/s, are known better than this. Ours.
const SURE_RAD: f64 = 1.2 * DEGREE;
const SURE_RADPS: f64 = 0.3 * DEGREE;
/// What such a surprise may mean for the tilt, radians. Ours.
const SURPRISE_RAD: f64 = 0.5 * DEGREE;

/// Covariance of tilt (radians), speed (m/s) and tilting by bias (rad/s).
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncertainty {
    tilt: f64,
    tilt_speed: f64,
    tilt_bias: f64,
    speed: f64,
    speed_bias: f64,
    bias: f64,
}

impl Uncertainty {
    /// A tilt known to within so many radians and a gyroscope that nothing is known of.
    pub(super) fn new(tilt_rad: f64) -> Self {
        Self {
            tilt: tilt_rad * tilt_rad,
            tilt_speed: 0.0,
            tilt_bias: 0.0,
            speed: SWING_MPS * SWING_MPS,
            speed_bias: 0.0,
            bias: BIAS_RADPS * BIAS_RADPS,
        }
    }

    /// The same gyroscope, a new pose.
    pub(super) fn renewed(&self, tilt_rad: f64) -> Self {
        Self {
            bias: self.bias,
            ..Self::new(tilt_rad)
        }
    }

    pub(super) fn is_tilt_within(&self, error_rad: f64) -> bool {
        self.tilt < error_rad * error_rad
    }

    /// How far a speed `gained` since it was last seen is beyond what is expected: the square of its standard deviations, a
    /// mean of one where all errors are as believed.
    pub(super) fn strangeness(&self, gained: DVec2) -> f64 {
        gained.length_squared() / (2.0 * (self.speed + SWING_MPS * SWING_MPS))
    }

    /// Adds independent errors of tilt, radians, and speed, m/s.
    pub(super) fn widen(&mut self, tilt_rad: f64, speed_mps: f64) {
        self.tilt += tilt_rad * tilt_rad;
        self.speed += speed_mps * speed_mps;
    }

    /// Lets `seconds` pass: bias tilts the frame, and a tilted frame gains speed.
    pub(super) fn grow(&mut self, seconds: f64, has_gyro: bool) {
        let t = seconds;
        let (gt, half) = (GRAVITY * t, 0.5 * GRAVITY * t * t);
        let before = *self;
        // F = [[1, 0, t], [gt, 1, half], [0, 0, 1]]; rows of F P, then times F transposed.
        let tilt_row = [
            before.tilt + t * before.tilt_bias,
            before.tilt_speed + t * before.speed_bias,
            before.tilt_bias + t * before.bias,
        ];
        let speed_row = [
            gt * before.tilt + before.tilt_speed + half * before.tilt_bias,
            gt * before.tilt_speed + before.speed + half * before.speed_bias,
            gt * before.tilt_bias + before.speed_bias + half * before.bias,
        ];
        let turning = if has_gyro { GYRO_RAD } else { UNSEEN_RAD };
        self.tilt = tilt_row[0] + t * tilt_row[2] + turning * turning * t;
        self.tilt_speed = gt * tilt_row[0] + tilt_row[1] + half * tilt_row[2];
        self.tilt_bias = tilt_row[2];
        self.speed = gt * speed_row[0] + speed_row[1] + half * speed_row[2] + WANDER_MPS * WANDER_MPS * t;
        self.speed_bias = speed_row[2];
        if has_gyro {
            self.bias += BIAS_WANDER_RADPS * BIAS_WANDER_RADPS * t;
        } else {
            (self.tilt_bias, self.speed_bias, self.bias) = (0.0, 0.0, 0.0);
        }
    }

    /// Whether a speed `gained` since it was last seen is no swing of a stride, but a change of speed, as far as tilt and
    /// bias are known well enough to say so; then the errors are wider from now on.
    pub(super) fn is_surprised(&mut self, gained: DVec2) -> bool {
        let seen = self.speed + SWING_MPS * SWING_MPS;
        let surprised = self.tilt < SURE_RAD * SURE_RAD
            && self.bias < SURE_RADPS * SURE_RADPS
            && gained.length_squared() > SURPRISE * SURPRISE * seen;
        if surprised {
            self.widen(SURPRISE_RAD, gained.length());
        }
        surprised
    }

    /// The speed was seen not to change; gives the shares of tilt, speed and bias in what it seemed to change by.
    pub(super) fn steady(&mut self) -> [f64; 3] {
        let seen = self.speed + SWING_MPS * SWING_MPS;
        let [tilt, speed, bias] = [self.tilt_speed, self.speed, self.speed_bias];
        let gain = [tilt / seen, speed / seen, bias / seen];
        self.tilt -= gain[0] * tilt;
        self.tilt_bias -= gain[0] * bias;
        self.tilt_speed -= gain[0] * speed;
        self.speed -= gain[1] * speed;
        self.speed_bias -= gain[1] * bias;
        self.bias -= gain[2] * bias;
        gain
    }

    /// Gravity was seen at rest; gives the shares of tilt, speed and bias in what was seen.
    pub(super) fn rest(&mut self) -> [f64; 3] {
        self.speed = SWING_MPS * SWING_MPS * 0.01;
        (self.tilt_speed, self.speed_bias) = (0.0, 0.0);
        let seen = self.tilt + REST_RAD * REST_RAD;
        let gain = [self.tilt / seen, 0.0, self.tilt_bias / seen];
        self.bias -= gain[2] * self.tilt_bias;
        self.tilt_bias -= gain[0] * self.tilt_bias;
        self.tilt -= gain[0] * self.tilt;
        gain
    }

    /// The gyroscope was read at rest; gives the share of bias in what it read.
    pub(super) fn still(&mut self) -> f64 {
        let seen = self.bias + REST_RADPS * REST_RADPS;
        let share = self.bias / seen;
        self.tilt -= self.tilt_bias * self.tilt_bias / seen;
        self.tilt_bias -= share * self.tilt_bias;
        self.bias -= share * self.bias;
        share
    }
}
