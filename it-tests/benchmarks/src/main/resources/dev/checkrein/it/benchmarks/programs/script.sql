create table T(ID int primary key, NAME varchar, N double);
insert into T select X, 'name ' || X, sqrt(X) from system_range(1, 20000);
create index I on T(NAME);
select count(*), sum(N), min(NAME), max(NAME) from T where NAME like 'name 1%';
select A.ID, B.NAME from T A join T B on A.ID = B.ID + 1 where A.ID < 2000 order by B.NAME desc;
update T set N = N * 2 where mod(ID, 5) = 1;
delete from T where mod(ID, 3) = 0;
select mod(ID, 7) R, count(*), sum(ID) from T group by mod(ID, 7) order by R;
