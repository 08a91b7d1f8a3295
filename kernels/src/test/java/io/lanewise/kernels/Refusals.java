package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Checks of refusals: the exception's type and what its message must tell. */
@SuppressWarnings("exports") // tests are no module
public final class Refusals {
  private Refusals() {}

  /** {@code call} throws an IllegalArgumentException whose message holds every one of parts. */
  public static void assertRefused(Executable call, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    for (String part : parts) {
      assertTrue(
          message != null && message.contains(part),
          () -> "the message must tell '" + part + "', got '" + message + "'");
    }
  }
}
