package io.lanewise.benchmarks.check;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param worstError the greatest difference, as a part of the greatest magnitude that was expected
 * @param rmsError the root of the differences' mean square, as a part of that of the expected
 *     values
 * @param problem the first element that is outside its bound, in words; empty if all are right
 */
public record Verdict(double worstError, double rmsError, Optional<String> problem) {}
