use super::*;

#[test]
fn a_rotation_has_unit_length_and_its_own_angle_however_large() {
    for angle in [0.0, 1e-9, 0.01, 0.39, 0.41, 2.0, 40.0] {
        let rotation = rotation_by(DVec3::new(0.6, 0.0, 0.8) * angle);
        let exact = DQuat::from_axis_angle(DVec3::new(0.6, 0.0, 0.8), angle);
        assert!(rotation.dot(exact).abs() > 1.0 - 1e-12, "{angle}");
        assert!((rotation.length() - 1.0).abs() < 1e-8, "{angle}");
    }
    assert_eq!(rotation_by(DVec3::splat(f64::NAN)), DQuat::IDENTITY);
}
