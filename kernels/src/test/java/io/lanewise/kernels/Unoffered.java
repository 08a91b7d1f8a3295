package io.lanewise.kernels;

import io.lanewise.kernels.reference.ReferenceBackend;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** A backend that offers what every backend must, and nothing else. */
public final class Unoffered {
  private Unoffered() {}

  /** The reference, whose methods with a default are not its own. */
  public static Backend backend() {
    Backend all = new ReferenceBackend();
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, args) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, args)
                    : method.invoke(all, args));
  }
}
