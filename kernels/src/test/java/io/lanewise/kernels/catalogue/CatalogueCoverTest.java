package io.lanewise.kernels.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every method of {@link Backend} that plans something is used by an example, and every one of the
 * families that it offers: the table of operations cannot be short of one.
 */
final class CatalogueCoverTest {
  private final Set<String> used = new TreeSet<>();

  @Test
  void everyPlanIsInTheTable() {
    Set<String> all = new TreeSet<>();
    plans(Backend.class).forEach(m -> all.add(name(m)));
    families().forEach(family -> plans(family).forEach(m -> all.add(name(m))));
    assertTrue(all.contains("Backend.convForward: ConvForward"), all::toString);
    assertTrue(all.contains("Losses.huber: TensorLoss"), all::toString);
    Backend recording = (Backend) recording(Backend.class, CpuBackend.scalar());
    for (Operation op : Operations.all()) {
      int axes = op.axes().getFirst();
      op.forward().run(recording, axes);
      op.backward().ifPresent(example -> example.run(recording, axes));
    }
    all.removeAll(used);
    assertEquals(Set.of(), all, "no example in the table of operations uses");
  }

  /** Overloads that plan the same count as one. */
  private static String name(Method m) {
    return m.getDeclaringClass().getSimpleName()
        + "."
        + m.getName()
        + ": "
        + m.getReturnType().getSimpleName();
  }

  private static Stream<Method> plans(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()))
        .filter(m -> isOurs(m.getReturnType()) && !isFamily(m))
        .filter(m -> !m.getReturnType().equals(type)); // the family for another layout
  }

  private static Stream<Class<?>> families() {
    return Arrays.stream(Backend.class.getMethods())
        .filter(CatalogueCoverTest::isFamily)
        .map(Method::getReturnType);
  }

  private static boolean isOurs(Class<?> type) {
    return type.isInterface() && type.getPackageName().startsWith("io.lanewise.kernels");
  }

  /** One that takes nothing, and gives an interface whose methods all give plans. */
  private static boolean isFamily(Method m) {
    return m.getParameterCount() == 0
        && isOurs(m.getReturnType())
        && Arrays.stream(m.getReturnType().getMethods())
            .filter(each -> !Modifier.isStatic(each.getModifiers()))
            .allMatch(each -> isOurs(each.getReturnType()));
  }

  private Object recording(Class<?> type, Object real) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> {
          used.add(name(method));
          try {
            Object result = method.invoke(real, args);
            return isFamily(method) ? recording(method.getReturnType(), result) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
