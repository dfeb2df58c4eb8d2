// Lengths and areas on the WGS84 ellipsoid. Lines: Vincenty, Survey Review 23 (176), 1975. Areas: each edge is split
// along its geodesic, and the strips down to the equator are summed on the authalic sphere (Snyder, USGS PP 1395, 3-11).
(function () {
  "use strict";
  const C = window.contactline;
  const a = 6378137, f = 1 / 298.257223563, b = a * (1 - f), e2 = f * (2 - f), e = Math.sqrt(e2);
  const rad = Math.PI / 180;

  function series(u2) {
    return [1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
      u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))];
  }
  const turn = (B, sin, cos, mid) => B * sin * (mid + B / 4 * (cos * (2 * mid * mid - 1)
    - B / 6 * mid * (4 * sin * sin - 3) * (4 * mid * mid - 3)));

  // metres and first azimuth (radians) from one [lat, lon] in degrees to another; null where it does not converge
  function inverse([lat1, lon1], [lat2, lon2]) {
    const U1 = Math.atan((1 - f) * Math.tan(lat1 * rad)), U2 = Math.atan((1 - f) * Math.tan(lat2 * rad));
    const [s1, c1, s2, c2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
    const L0 = (((lon2 - lon1 + 540) % 360 + 360) % 360 - 180) * rad;
    let lambda = L0;
    for (let n = 0; n < 200; n++) {
      const sl = Math.sin(lambda), cl = Math.cos(lambda);
      const sin = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
      if (sin === 0) return { metres: 0, azimuth: 0 };
      const cos = s1 * s2 + c1 * c2 * cl, sigma = Math.atan2(sin, cos);
      const alpha = c1 * c2 * sl / sin, alpha2 = 1 - alpha * alpha;
      const mid = alpha2 ? cos - 2 * s1 * s2 / alpha2 : 0;
      const k = f / 16 * alpha2 * (4 + f * (4 - 3 * alpha2));
      const next = L0 + (1 - k) * f * alpha * (sigma + k * sin * (mid + k * cos * (2 * mid * mid - 1)));
      if (Math.abs(next) > Math.PI) return null;
      if (Math.abs(next - lambda) < 1e-13) {
        const [A, B] = series(alpha2 * (a * a - b * b) / (b * b));
        return { metres: b * A * (sigma - turn(B, sin, cos, mid)),
          azimuth: Math.atan2(c2 * Math.sin(next), c1 * s2 - s1 * c2 * Math.cos(next)) };
      }
      lambda = next;
    }
    return null;
  }
  // [lat, lon] in degrees that lies so many metres from another, on an azimuth in radians
  function direct([lat, lon], azimuth, metres) {
    const U = Math.atan((1 - f) * Math.tan(lat * rad)), [s1, c1] = [Math.sin(U), Math.cos(U)];
    const [sa, ca] = [Math.sin(azimuth), Math.cos(azimuth)];
    const sigma1 = Math.atan2(Math.tan(U), ca), alpha = c1 * sa, alpha2 = 1 - alpha * alpha;
    const [A, B] = series(alpha2 * (a * a - b * b) / (b * b));
    let sigma = metres / (b * A), sin, cos, mid;
    for (let n = 0; n < 200; n++) {
      [sin, cos, mid] = [Math.sin(sigma), Math.cos(sigma), Math.cos(2 * sigma1 + sigma)];
      const next = metres / (b * A) + turn(B, sin, cos, mid);
      if (Math.abs(next - sigma) < 1e-14) break;
      sigma = next;
    }
    const across = s1 * sin - c1 * cos * ca;
    const lat2 = Math.atan2(s1 * cos + c1 * sin * ca, (1 - f) * Math.hypot(alpha, across));
    const lambda = Math.atan2(sin * sa, c1 * cos - s1 * sin * ca);
    const k = f / 16 * alpha2 * (4 + f * (4 - 3 * alpha2));
    const L1 = lambda - (1 - k) * f * alpha * (sigma + k * sin * (mid + k * cos * (2 * mid * mid - 1)));
    return [lat2 / rad, lon + L1 / rad];
  }
  // points every so many metres along the geodesic from one point to another, both ends among them; null as above
  function along(from, to, step) {
    const way = inverse(from, to);
    if (!way) return null;
    const count = Math.max(1, Math.ceil(way.metres / step));
    const between = Array.from({ length: count - 1 }, (_, n) => direct(from, way.azimuth, way.metres * (n + 1) / count));
    return [from, ...between, to];
  }
  // the authalic q of a latitude: the area from the equator up to it, per radian of longitude, in a² / 2
  function q(lat) {
    const s = Math.sin(lat * rad);
    return (1 - e2) * (s / (1 - e2 * s * s) + Math.atanh(e * s) / e);
  }
  C.geodesic = {
    inverse, direct, along,
    // m² inside a ring of [lat, lon]; a ring around a pole is not meant to be measured so
    area(ring) {
      let sum = 0;
      for (let n = 0; n < ring.length; n++) {
        const [from, to] = [ring[n], ring[(n + 1) % ring.length]];
        const edge = inverse(from, to);
        if (!edge) return null;
        // between two points the strip is cut straight in lat and lon: its error falls with the square of the step
        const way = along(from, to, Math.min(2000, edge.metres / 64 || 1));
        for (let m = 1; m < way.length; m++) {
          const [[lat1, lon1], [lat2, lon2]] = [way[m - 1], way[m]];
          const turn = ((lon2 - lon1 + 540) % 360 + 360) % 360 - 180;
          sum += turn * rad * (q(lat1) + 4 * q((lat1 + lat2) / 2) + q(lat2)) / 6;
        }
      }
      return Math.abs(sum) * a * a / 2;
    },
  };
})();
