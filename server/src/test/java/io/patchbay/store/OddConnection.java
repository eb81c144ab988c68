package io.patchbay.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection on which something happens after each statement that was run. */
final class OddConnection {
  private OddConnection() {}

  /**
   * @param after hears of each prepared statement that changed something; what it throws comes out
   */
  static Session session(Connection connection, Consumer<String> after) {
    InvocationHandler handler =
        (_, method, args) -> {
          @Nullable Object result = call(() -> method.invoke(connection, args));
          return result instanceof PreparedStatement statement
                  && args != null
                  && args[0] instanceof String sql
              ? statement(statement, sql, after)
              : result;
        };
    return new Session(proxy(Connection.class, handler));
  }

  private static PreparedStatement statement(
      PreparedStatement statement, String sql, Consumer<String> after) {
    return proxy(
        PreparedStatement.class,
        (_, method, args) -> {
          @Nullable Object result = call(() -> method.invoke(statement, args));
          if (method.getName().equals("executeUpdate")) {
            after.accept(sql);
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            OddConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Invocation invocation) throws Throwable {
    try {
      return invocation.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Invocation {
    @Nullable Object run() throws ReflectiveOperationException;
  }
}
