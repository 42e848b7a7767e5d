//! `WitMotion`'s commands: five bytes each.
//!
//! Sends nothing. Invariant: nothing is saved to the pod's memory unless `SAVE` is sent.

/// Lets settings be changed for a while.
pub const UNLOCK: [u8; 5] = [0xFF, 0xAA, 0x69, 0x88, 0xB5];
/// Keeps settings beyond a loss of power.
pub const SAVE: [u8; 5] = [0xFF, 0xAA, 0x00, 0x00, 0x00];
/// Calibrates the accelerometer: only for a pod that lies still and level.
pub const CALIBRATE_ACCELEROMETER: [u8; 5] = [0xFF, 0xAA, 0x01, 0x01, 0x00];

/// Register of the rate.
pub const RATE: u8 = 0x03;
/// Register of the battery's voltage, hundredths of a volt.
pub const BATTERY: u8 = 0x64;
/// Register of the firmware's version.
pub const VERSION: u8 = 0x2E;
/// Register of the magnetic field.
pub const MAGNETOMETER: u8 = 0x3A;

/// Asks for eight registers from this one on.
#[must_use]
pub const fn read(register: u8) -> [u8; 5] {
    [0xFF, 0xAA, 0x27, register, 0x00]
}

/// Sets the rate by its code.
#[must_use]
pub const fn set_rate(code: u8) -> [u8; 5] {
    [0xFF, 0xAA, RATE, code, 0x00]
}

/// Rates and their codes; those on which all documents agree.
pub const RATES: [(u8, f64); 5] = [
    (0x06, 10.0),
    (0x07, 20.0),
    (0x08, 50.0),
    (0x09, 100.0),
    (0x0B, 200.0),
];

/// The rate of a code, samples a second.
#[must_use]
pub fn rate_of(code: i16) -> Option<f64> {
    RATES
        .iter()
        .find(|&&(known, _)| i16::from(known) == code)
        .map(|&(_, rate_hz)| rate_hz)
}

/// How full a battery of so many hundredths of a volt is, per cent: between the points of the maker's table a line.
#[must_use]
pub fn battery_percent(hundredths: i16) -> f64 {
    const TABLE: [(f64, f64); 5] = [
        (340.0, 0.0),
        (370.0, 15.0),
        (380.0, 43.0),
        (392.0, 72.5),
        (399.0, 100.0),
    ];
    let volts = f64::from(hundredths);
    let mut before = (f64::NEG_INFINITY, 0.0);
    for point in TABLE {
        if volts <= point.0 {
            if !before.0.is_finite() {
                return point.1;
            }
            return before.1 + (volts - before.0) / (point.0 - before.0) * (point.1 - before.1);
        }
        before = point;
    }
    before.1
}
