package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs single cases of laws on one backend. */
final class Trials {
  private static final int DRAWS = 5; // a tiny output may be zero by chance, not five times over
  private static final int MOST_STEPS = 500;

  private final Backend backend;
  private final Parallel team;
  private final Duration patience;
  private final Map<String, Patience> left = new HashMap<>();

  /**
   * For one backend.
   *
   * @param patience how long the cases of a law may wait, together, for something to settle
   */
  Trials(Backend backend, Parallel team, Duration patience) {
    this.backend = backend;
    this.team = new EagerTeam(team);
    this.patience = patience;
  }

  /** Runs one case; with data from the next seeds where the outputs come out dead. */
  <S> Case run(Law<S> law, S shape, long seed) {
    Case last = null;
    for (int draw = 0; draw < DRAWS; draw++) {
      last = once(law, shape, seed + draw);
      if (last.verdict() != Verdict.PROVED_NOTHING) {
        break;
      }
    }
    return last;
  }

  private <S> Case once(Law<S> law, S shape, long seed) {
    Patience ofLaw = left.computeIfAbsent(law.name(), name -> new Patience(patience));
    Trial trial = new Trial(seed, team, ofLaw);
    Verdict verdict = Verdict.HOLDS;
    String detail = null;
    try {
      law.statement().check(backend, shape, trial);
      if (!trial.checked()) {
        verdict = Verdict.PROVED_NOTHING;
        detail = "the law checked nothing";
      }
    } catch (DeadCase e) {
      verdict = Verdict.PROVED_NOTHING;
      detail = e.getMessage();
    } catch (UnsupportedOperationException e) {
      verdict = Verdict.NOT_OFFERED;
      detail = String.valueOf(e.getMessage());
    } catch (LawViolation e) {
      verdict = Verdict.FAILS;
      detail = e.getMessage();
    } catch (RuntimeException | AssertionError | LinkageError e) { // a finding, too
      verdict = Verdict.FAILS;
      detail = e.toString();
    }
    return new Case(
        law.name(), shape.toString(), seed, verdict, trial.worst(), Optional.ofNullable(detail));
  }

  /** The simplest case that still fails, found greedily from a failing one. */
  <S> Case shrink(Law<S> law, S shape, Case failing) {
    S at = shape;
    Case smallest = failing;
    int steps = 0;
    boolean found = true;
    while (found) {
      found = false;
      for (S candidate : (Iterable<S>) law.subject().simpler(at)::iterator) {
        if (++steps > MOST_STEPS) {
          return smallest;
        }
        Case c = once(law, candidate, failing.seed());
        if (c.verdict() == Verdict.FAILS) {
          at = candidate;
          smallest = c;
          found = true;
          break;
        }
      }
    }
    return smallest;
  }
}
