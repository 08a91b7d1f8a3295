package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.resample.Resampling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scalar backend, every operation of which goes wrong in one way. */
final class SpoiltBackend {
  private SpoiltBackend() {}

  static Backend of(Spoil spoil) {
    Backend right = CpuBackend.scalar();
    History history = new History();
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              Object made = invoke(right, method, arguments);
              if (made instanceof List<?> plans) {
                return plans.stream().map(plan -> spoilt(plan, spoil, history)).toList();
              }
              return made instanceof String ? made : spoilt(made, spoil, history);
            });
  }

  /** What plans a family of operations, such as a backend's normalisations. */
  private static final Set<Class<?>> FAMILIES =
      Set.of(
          Pooling.class,
          Normalisations.class,
          Arithmetic.class,
          Movements.class,
          Resampling.class,
          Dropouts.class,
          Losses.class,
          Quantised.class);

  private static Object spoilt(Object plan, Spoil spoil, History history) {
    Set<Class<?>> types = interfaces(plan.getClass());
    boolean family = types.stream().anyMatch(FAMILIES::contains);
    return Proxy.newProxyInstance(
        Backend.class.getClassLoader(),
        types.toArray(Class<?>[]::new),
        (proxy, method, arguments) -> {
          if (family) {
            return spoilt(invoke(plan, method, arguments), spoil, history);
          }
          return ran(plan, method, arguments, spoil, history);
        });
  }

  private static Object ran(
      Object plan, Method method, Object[] arguments, Spoil spoil, History history) {
    return switch (method.getName()) {
      case "run", "forward", "backward" -> spoil.run(new Run(plan, method, arguments, history));
      case "pack" -> spoil.pack(new Run(plan, method, arguments, history));
      default -> invoke(plan, method, arguments);
    };
  }

  /** What a class and those that it extends implement. */
  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        if (Modifier.isPublic(i.getModifiers())) {
          all.add(i);
        }
      }
    }
    return all;
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

  /** What a backend went through. */
  static final class History {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int runs;
  }

  /** One call of an operation; its arguments by their names. */
  static final class Run {
    private final Object plan;
    private final Method method;
    private final History history;
    private final int count;
    private final Map<String, Object> arguments = new LinkedHashMap<>();

    Run(Object plan, Method method, Object[] values, History history) {
      this.plan = plan;
      this.method = method;
      this.history = history;
      this.count = history.runs++;
      for (int i = 0; i < values.length; i++) {
        arguments.put(method.getParameters()[i].getName(), values[i]);
      }
    }

    /** How many calls of any operation came before. */
    int count() {
      return count;
    }

    /** True if no call before asked the same of this object. */
    boolean isFirstWith(Object object) {
      return history.seen.add(object);
    }

    boolean isBackward() {
      return method.getName().equals("backward");
    }

    Map<String, Object> arguments() {
      return arguments;
    }

    /** Does it right, with the arguments as they are now. */
    Object proceed() {
      return invoke(plan, method, arguments.values().toArray());
    }
  }
}
