(ns corners
  "Everything in Clojure that can go on for ever in a way of its own."
  (:gen-class)
  (:import (dev.checkrein CancellationScope)
           (java.io Closeable)
           (java.time Duration)
           (java.util.concurrent TimeoutException)))

(def turns (atom 0))
(def account (ref 0))

(defn deep [n] (inc (deep (inc n))))

(defmulti kind even?)
(defmethod kind true [n] (inc n))
(defmethod kind false [n] (inc n))

(defprotocol Counts (up [this n]))
(extend-protocol Counts nil (up [_ n] (inc n)))

(def shapes
  (array-map
    "an empty loop" #(loop [] (recur))
    "of primitives" #(loop [n 0] (recur (unchecked-inc n)))
    "of objects" #(loop [n 0N] (recur (inc n)))
    "a function that recurs" (fn again [] (recur))
    "while" #(while true (swap! turns inc))
    "a lazy sequence" #(dorun (map inc (range)))
    "a generated one" #(dorun (iterate inc 0))
    "a repeated one" #(dorun (repeat nil))
    "a reduction" #(reduce + (range))
    "a transducer" #(transduce (comp (map inc) (filter even?)) + (range))
    "a trampoline" #(trampoline (fn again [] again))
    "methods" #(loop [n 0] (recur (kind n)))
    "a protocol" #(loop [n 0] (recur (up nil n)))
    "exceptions" #(while true (try (throw (ex-info "no" {})) (catch Throwable _ (swap! turns inc))))
    "finally" #(while true (try (throw (ex-info "no" {})) (catch Throwable _) (finally (swap! turns inc))))
    "resources" #(while true (try (with-open [_ (reify Closeable (close [_] (throw (ex-info "no" {}))))]
                                    (swap! turns inc))
                                  (catch Throwable _)))
    "stack overflows" #(while true (try (deep 0) (catch StackOverflowError _ (swap! turns inc))))
    "in a monitor" #(locking turns (while true))
    "a delay" #(deref (delay (while true)))
    "a transaction" #(dosync (while true (alter account inc)))
    "an evaluated form" #(eval '(loop [] (recur)))
    "one that is read" #(load-string "(defn spin [] (try (loop [] (recur)) (catch Throwable _))) (while true (spin))")
    "a promise" #(deref (promise))))

(defn -main []
  (doseq [[name ^Callable shape] shapes]
    (try
      (.call (.withDeadline (CancellationScope/named name) (Duration/ofMillis 100)) shape)
      (println (str name ": ended"))
      (catch TimeoutException _
        (println (str name ": stopped")))))
  (println "the account after its transaction:" (dosync (alter account inc))))
