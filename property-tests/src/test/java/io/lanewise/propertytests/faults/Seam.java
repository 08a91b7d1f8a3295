package io.lanewise.propertytests.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Where a mistake enters a family of operations that is right otherwise: as its plans are made, or
 * as they run.
 *
 * @param plans the family's methods that make the plans meant, a regular expression
 * @param planning changes the arguments of such a method
 * @param runs the plans' methods that are meant, a regular expression
 * @param running takes the place of such a method
 */
record Seam(String plans, Consumer<Object[]> planning, String runs, Running running) {
  /** Takes the place of a run. */
  @FunctionalInterface
  interface Running {
    /**
     * Runs, wrongly.
     *
     * @param plan what would be right
     * @param a the run's arguments, which may be replaced before {@code right} runs
     * @param right does it with the arguments as they then are
     */
    void run(Object plan, Object[] a, Runnable right);
  }

  /** A mistake in making plans. */
  static Seam planning(String plans, Consumer<Object[]> change) {
    return new Seam(plans, change, "", (plan, a, right) -> right.run());
  }

  /** A mistake in running them. */
  static Seam running(String plans, String runs, Running running) {
    return new Seam(plans, a -> {}, runs, running);
  }

  /** The family, with the mistake. */
  <F> F in(Class<F> type, F right) {
    return type.cast(
        proxy(
            type,
            (method, arguments) -> {
              boolean meant = method.getName().matches(plans);
              Object[] a = arguments == null ? new Object[0] : arguments.clone();
              if (meant) {
                planning.accept(a);
              }
              Object made = invoke(right, method, a);
              return type.isInstance(made)
                  ? in(type, type.cast(made))
                  : meant && method.getReturnType().isInterface()
                      ? plan(method.getReturnType(), made)
                      : made;
            }));
  }

  private Object plan(Class<?> type, Object right) {
    return proxy(
        type,
        (method, arguments) -> {
          if (!method.getName().matches(runs)) {
            return invoke(right, method, arguments);
          }
          Object[] a = arguments.clone();
          running.run(right, a, () -> invoke(right, method, a));
          return null;
        });
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments);
  }

  private static Object proxy(Class<?> type, Handler handler) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> handler.handle(method, arguments));
  }

  private static Object invoke(Object on, Method method, Object[] arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
