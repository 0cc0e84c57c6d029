(ns runaways
  (:gen-class)
  (:import (dev.checkrein CancellationScope)
           (java.time Duration)
           (java.util.concurrent CancellationException TimeoutException)))

(defmacro with-deadline
  "The value of body, or a TimeoutException if that takes longer than so many milliseconds."
  [millis & body]
  `(.call (.withDeadline (CancellationScope/named "form") (Duration/ofMillis ~millis))
          (fn [] ~@body)))

(defn count-for-ever []
  (loop [turns 0]
    (recur (inc turns))))

(defn swallow-for-ever []
  (while true
    (try
      (count-for-ever)
      (catch Throwable _))))

(defn where
  "The line of this file that the thread was in. Above it on the stack may be Clojure's own code, which polls as well."
  [ended]
  (let [innermost (last (take-while some? (iterate ex-cause ended)))
        ^StackTraceElement frame (some #(when (= "runaways.clj" (.getFileName ^StackTraceElement %)) %)
                                       (.getStackTrace ^Throwable innermost))]
    (str (.getFileName frame) ":" (.getLineNumber frame))))

(defn -main []
  (println (str "Clojure " (clojure-version) ":"))

  (try
    (with-deadline 1000 (count-for-ever))
    (catch TimeoutException e
      (println "  an endless loop had its deadline in" (where e))))

  (try
    (with-deadline 1000 (swallow-for-ever))
    (catch TimeoutException e
      (println "  one that catches every Throwable had it in" (where e))))

  (let [scope (CancellationScope/named "form")
        started (promise)]
    (.start (Thread. #(do @started
                          (.cancel scope "nobody wants the result"))))
    (try
      (.call scope #(do (deliver started true)
                        (count-for-ever)))
      (catch CancellationException e
        (println "  another thread cancelled:" (ex-message e))))))
