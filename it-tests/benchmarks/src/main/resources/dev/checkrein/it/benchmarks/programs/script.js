function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

function Shape(w, h) { this.w = w; this.h = h; }
Shape.prototype.area = function () { return this.w * this.h; };

var shapes = [];
for (var i = 0; i < 5000; i++) {
    shapes.push(new Shape(i % 13, i % 7));
}
shapes.sort(function (a, b) { return a.area() - b.area(); });

var counts = {};
for (var i = 0; i < 100000; i++) {
    var key = 'k' + i % 97;
    counts[key] = (counts[key] || 0) + i % 7;
}

var text = '';
for (var i = 0; i < 2000; i++) {
    text += i + (i % 3 ? ',' : ';');
}
var words = text.replace(/[0-9]+;/g, '#').split(',').length;

var caught = 0;
for (var i = 0; i < 200; i++) {
    try { null.x; } catch (e) { caught++; }
}
fib(20) + shapes[100].area() + counts.k5 + words + caught;
