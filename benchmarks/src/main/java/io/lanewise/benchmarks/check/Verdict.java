package io.lanewise.benchmarks.check;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param worstError the greatest difference, as a part of the greatest magnitude that was expected
 * @param problem the first element that is outside its bound, in words; empty if all are right
 */
public record Verdict(double worstError, Optional<String> problem) {}
