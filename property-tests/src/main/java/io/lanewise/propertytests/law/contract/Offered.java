package io.lanewise.propertytests.law.contract;

import java.util.List;
import java.util.Optional;

/** Checks of several passes, of which a backend need not offer all. */
final class Offered {
  private Offered() {}

  /**
   * Leaves out passes that are not offered.
   *
   * @throws UnsupportedOperationException the first pass' if none is offered
   */
  static void each(List<Runnable> passes) {
    Optional<UnsupportedOperationException> lacking = Optional.empty();
    boolean any = false;
    for (Runnable pass : passes) {
      try {
        pass.run();
        any = true;
      } catch (UnsupportedOperationException e) {
        lacking = lacking.or(() -> Optional.of(e));
      }
    }
    if (!any && lacking.isPresent()) {
      throw lacking.get();
    }
  }
}
