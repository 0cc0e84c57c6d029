(do
  (defn collatz [n] (loop [n n steps 0] (if (= n 1) steps (recur (if (even? n) (quot n 2) (inc (* 3 n))) (inc steps)))))
  (defmacro unless [test then] `(if ~test nil ~then))
  (let [squares (reduce + (map #(* % %) (filter odd? (range 50000))))
        groups (sort (group-by count (map str (range 0 5000 3))))
        words (frequencies (mapcat #(re-seq #"[a-z]+" (str % "abc" (mod % 10) "xyz")) (range 2000)))
        longest (apply max-key collatz (range 1 2000))
        state (atom {})]
    (doseq [i (range 5000)] (swap! state update (keyword (str "k" (mod i 50))) (fnil + 0) i))
    (unless (zero? squares) (str (count groups) (get words "xyz") longest (:k7 @state)))))
