package io.lanewise.propertytests;

import java.util.Optional;

/**
 * What all cases of a law came to.
 *
 * @param law which law
 * @param cases how many cases were checked; those that the backend does not offer do not count
 * @param notOffered how many cases the backend does not offer
 * @param worst greatest error of a case as a share of its bound
 * @param verdict the worst of the cases'; NOT_OFFERED only if that is true of every case
 * @param failure the first failing case, shrunk
 * @param reason why the first case that the backend does not offer is not
 */
public record LawResult(
    Law<?> law,
    int cases,
    int notOffered,
    double worst,
    Verdict verdict,
    Optional<Case> failure,
    Optional<String> reason) {}
