package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for what settles, and no longer than told for what does not. */
@Timeout(60)
class PatienceTest {
  @Test
  void waitsForWhatSettles() {
    int[] tries = {0};
    assertTrue(new Patience(Duration.ofSeconds(30)).until(() -> ++tries[0] == 1000));
    assertEquals(1000, tries[0]);
  }

  @Test
  void endsAndDoesNotComeBack() {
    Patience patience = new Patience(Duration.ofMillis(50));
    assertFalse(patience.until(() -> false));
    int[] tries = {0};
    assertFalse(patience.until(() -> ++tries[0] == 2));
    assertEquals(1, tries[0]);
  }

  @Test
  void withoutItOneTryDecides() {
    assertTrue(new Patience(Duration.ZERO).until(() -> true));
    assertFalse(new Patience(Duration.ZERO).until(() -> false));
  }
}
