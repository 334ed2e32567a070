// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Blue noise in the unit square by the crate faster_poisson: about 20,000 points, 30 tries, by Bridson's way and by darts.
// Answers as serve.py does; the processor's time is that of the main thread.
use faster_poisson::{Poisson2D, PoissonDart2D};
use std::io::{BufRead, Write};
use std::time::Instant;

fn busy_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|x| x.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn main() {
    let radius = (0.69f64 / 20000.0).sqrt();
    let mut turn = 0u64;
    let mut run = |name: &str| -> usize {
        turn += 1;
        match name {
            "rust-darts" => PoissonDart2D::new().radius(radius).attempts(30).seed(Some(turn)).dims([1.0, 1.0]).run().len(),
            _ => Poisson2D::new().radius(radius).attempts(30).seed(Some(turn)).dims([1.0, 1.0]).run().len(),
        }
    };
    println!("# faster_poisson, points: Bridson {}, darts {}", run("rust-bridson"), run("rust-darts"));
    println!("ready rust-bridson rust-darts");
    for line in std::io::stdin().lock().lines() {
        let name = line.unwrap();
        let (begin, work) = (Instant::now(), busy_ms());
        run(name.trim());
        let spent = begin.elapsed().as_secs_f64() * 1e3;
        println!("{:.4} {:.4}", spent, busy_ms() - work);
        std::io::stdout().flush().unwrap();
    }
}
