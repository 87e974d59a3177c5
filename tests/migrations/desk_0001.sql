BEGIN TRANSACTION;
CREATE TABLE acts (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person_id INTEGER, 
	person VARCHAR(120) NOT NULL, 
	shop_id INTEGER, 
	what VARCHAR(64) NOT NULL, 
	customer_id INTEGER, 
	asked JSON NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	reason TEXT, 
	outcome VARCHAR(8) NOT NULL, 
	message VARCHAR(500), 
	settled JSON, 
	ended DATETIME, 
	once VARCHAR(64), 
	request_id VARCHAR(32), 
	ip VARCHAR(64), 
	CONSTRAINT pk_acts PRIMARY KEY (id), 
	CONSTRAINT uq_acts_once UNIQUE (once)
);
INSERT INTO "acts" VALUES(1,'2026-11-20 09:01:00.000000',2,'Support',1,'segments.Add',1,'{"email":"anna.kowalska@example.com","segment_id":"123"}',NULL,NULL,NULL,'done',NULL,NULL,'2026-11-20 09:01:01.000000','form-1','00000000000000000000000000000001','127.0.0.1');
INSERT INTO "acts" VALUES(2,'2026-11-20 09:02:00.000000',2,'Support',1,'profile.Set',1,'{"email":"anna.kowalska@example.com","first_name":"Аня"}','{"first_name":"Anna"}',NULL,NULL,'unknown','Read timed out',NULL,'2026-11-20 09:02:01.000000','form-2','00000000000000000000000000000002','127.0.0.1');
INSERT INTO "acts" VALUES(3,'2026-11-20 09:03:00.000000',2,'Support',1,'subscriptions.Manage',2,'{"phone":"79990000002"}',NULL,NULL,NULL,'refused','phone is invalid',NULL,'2026-11-20 09:03:01.000000',NULL,'00000000000000000000000000000003','127.0.0.1');
INSERT INTO "acts" VALUES(4,'2026-11-20 09:04:00.000000',2,'Support',1,'segments.Remove',1,'{"email":"anna.kowalska@example.com","segment_id":"123"}',NULL,NULL,NULL,'trying',NULL,NULL,NULL,'form-4','00000000000000000000000000000004','127.0.0.1');
INSERT INTO "acts" VALUES(5,'2026-11-20 09:05:00.000000',4,'Support',NULL,'shops.Edit',NULL,'{"name":"Demo"}',NULL,NULL,NULL,'failed',NULL,NULL,'2026-11-20 09:05:01.000000',NULL,'00000000000000000000000000000005','127.0.0.1');
INSERT INTO "acts" VALUES(6,'2026-11-20 09:06:00.000000',4,'Support',NULL,'people.Add',NULL,'{"email":"new@desk46.test"}',NULL,NULL,NULL,'done',NULL,NULL,'2026-11-20 09:06:01.000000',NULL,'00000000000000000000000000000006','127.0.0.1');
INSERT INTO "acts" VALUES(11,'2026-11-20 09:11:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-1"}}}',NULL,NULL,'Try it out','done',NULL,NULL,'2026-11-20 09:11:01.000000','send 2','0000000000000000000000000000000b','127.0.0.1');
INSERT INTO "acts" VALUES(12,'2026-11-20 09:12:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-2"}}}',NULL,NULL,NULL,'refused','Message template not found',NULL,'2026-11-20 09:12:01.000000',NULL,'0000000000000000000000000000000c','127.0.0.1');
INSERT INTO "acts" VALUES(13,'2026-11-20 09:13:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-3"}}}',NULL,NULL,NULL,'failed','Connection refused',NULL,'2026-11-20 09:13:01.000000',NULL,'0000000000000000000000000000000d','127.0.0.1');
INSERT INTO "acts" VALUES(14,'2026-11-20 09:14:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-4"}}}',NULL,NULL,NULL,'unknown','Read timed out',NULL,'2026-11-20 09:14:01.000000','send 5','0000000000000000000000000000000e','127.0.0.1');
INSERT INTO "acts" VALUES(15,'2026-11-20 09:15:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-5"}}}',NULL,NULL,NULL,'trying',NULL,NULL,NULL,'send 6','0000000000000000000000000000000f','127.0.0.1');
INSERT INTO "acts" VALUES(16,'2026-11-20 09:16:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-6"}}}',NULL,NULL,NULL,'unknown','Read timed out',NULL,'2026-11-20 09:16:01.000000','send 7','00000000000000000000000000000010','127.0.0.1');
INSERT INTO "acts" VALUES(17,'2026-11-20 09:17:00.000000',2,'Support',1,'messages.Multi',1,'{"email":"anna.kowalska@example.com","code":"welcome","variables":{}}',NULL,NULL,NULL,'unknown','HTTP 502',NULL,'2026-11-20 09:17:01.000000','send 8','00000000000000000000000000000011','127.0.0.1');
INSERT INTO "acts" VALUES(18,'2026-11-20 09:18:00.000000',2,'Support',1,'messages.Sms',1,'{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-7"}}}',NULL,NULL,NULL,'done','Read timed out','{"outcome":"done","note":"The customer has it","by":"Admin"}','2026-11-20 09:18:01.000000','send 11','00000000000000000000000000000012','127.0.0.1');
INSERT INTO "acts" VALUES(19,'2026-11-20 09:19:00.000000',2,'Support',1,'profile.Set',1,'{"email":"anna.kowalska@example.com","last_name":"K"}',NULL,NULL,NULL,'failed','HTTP 504','{"outcome":"failed","note":"The old name is there","by":"Admin"}','2026-11-20 09:19:01.000000','form-19','00000000000000000000000000000013','127.0.0.1');
INSERT INTO "acts" VALUES(21,'2026-11-20 09:21:00.000000',2,'Support',1,'promo_codes.Fetch',1,'{"id":"3184"}',NULL,NULL,'Apology','done',NULL,NULL,'2026-11-20 09:21:01.000000','hand-1','00000000000000000000000000000015','127.0.0.1');
INSERT INTO "acts" VALUES(22,'2026-11-20 09:22:00.000000',2,'Support',1,'promo_codes.Fetch',1,'{"id":"3189"}',NULL,NULL,'Apology','refused','No codes left',NULL,'2026-11-20 09:22:01.000000',NULL,'00000000000000000000000000000016','127.0.0.1');
INSERT INTO "acts" VALUES(23,'2026-11-20 09:23:00.000000',2,'Support',1,'promo_codes.Fetch',1,'{"id":"3184"}',NULL,NULL,'Apology','unknown','Read timed out',NULL,'2026-11-20 09:23:01.000000','hand-3','00000000000000000000000000000017','127.0.0.1');
INSERT INTO "acts" VALUES(24,'2026-11-20 09:24:00.000000',2,'Support',1,'promo_codes.Fetch',2,'{"id":"3184"}',NULL,NULL,'Apology','unknown',NULL,NULL,'2026-11-20 09:24:01.000000','hand-4','00000000000000000000000000000018','127.0.0.1');
INSERT INTO "acts" VALUES(25,'2026-11-20 09:25:00.000000',2,'Support',1,'promo_codes.Fetch',2,'{"id":"3184"}',NULL,NULL,'Apology','unknown',NULL,NULL,'2026-11-20 09:25:01.000000','hand-5','00000000000000000000000000000019','127.0.0.1');
INSERT INTO "acts" VALUES(26,'2026-11-20 09:26:00.000000',2,'Support',1,'promo_codes.Fetch',2,'{"id":"3184"}',NULL,NULL,'Apology','trying',NULL,NULL,NULL,'hand-6','0000000000000000000000000000001a','127.0.0.1');
INSERT INTO "acts" VALUES(31,'2026-11-20 09:31:00.000000',3,'Support',1,'links.Create',NULL,'{"links":[{"url":"https://example.com/a","lifetime":30}]}',NULL,NULL,NULL,'done',NULL,NULL,'2026-11-20 09:31:01.000000','links-1-1-1','0000000000000000000000000000001f','127.0.0.1');
INSERT INTO "acts" VALUES(32,'2026-11-20 09:32:00.000000',3,'Support',1,'links.Create',NULL,'{"links":[{"url":"https://example.com/bad","lifetime":30}]}',NULL,NULL,NULL,'refused','Url is invalid',NULL,'2026-11-20 09:32:01.000000',NULL,'00000000000000000000000000000020','127.0.0.1');
INSERT INTO "acts" VALUES(33,'2026-11-20 09:33:00.000000',3,'Support',1,'links.Create',NULL,'{"links":[{"url":"https://example.com/c","lifetime":30}]}',NULL,NULL,NULL,'unknown','HTTP 503',NULL,'2026-11-20 09:33:01.000000','links-3-1-1','00000000000000000000000000000021','127.0.0.1');
INSERT INTO "acts" VALUES(34,'2026-11-20 09:34:00.000000',3,'Support',1,'links.Create',NULL,'{"links":[{"url":"https://example.com/d","lifetime":30}]}',NULL,NULL,NULL,'trying',NULL,NULL,NULL,'links-4-1-1','00000000000000000000000000000022','127.0.0.1');
INSERT INTO "acts" VALUES(41,'2026-11-20 09:41:00.000000',3,'Support',1,'promo_codes.Upload',NULL,'{"id":"3184","codes":["A1","A2"]}','{"available":10}',NULL,NULL,'done',NULL,NULL,'2026-11-20 09:41:01.000000','promo-batch-b00000000002-1','00000000000000000000000000000029','127.0.0.1');
INSERT INTO "acts" VALUES(42,'2026-11-20 09:42:00.000000',3,'Support',1,'promo_codes.Upload',NULL,'{"id":"3184","codes":["B1","B2"]}','{"available":12}',NULL,NULL,'unknown',NULL,NULL,'2026-11-20 09:42:01.000000','promo-batch-b00000000003-1','0000000000000000000000000000002a','127.0.0.1');
INSERT INTO "acts" VALUES(51,'2026-11-20 09:51:00.000000',3,'Support',1,'imports.Run',NULL,'{"kind":"audience","rows":3}',NULL,NULL,NULL,'done',NULL,NULL,'2026-11-20 09:51:01.000000',NULL,'00000000000000000000000000000033','127.0.0.1');
INSERT INTO "acts" VALUES(52,'2026-11-20 09:52:00.000000',3,'Support',1,'imports.Audience',NULL,'{"rows":2}',NULL,NULL,NULL,'done',NULL,NULL,'2026-11-20 09:52:01.000000',NULL,'00000000000000000000000000000034','127.0.0.1');
INSERT INTO "acts" VALUES(53,'2026-11-20 09:53:00.000000',3,'Support',1,'imports.Audience',NULL,'{"rows":1}',NULL,NULL,NULL,'trying',NULL,NULL,NULL,NULL,'00000000000000000000000000000035','127.0.0.1');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE campaigns (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	note TEXT NOT NULL, 
	variables JSON NOT NULL, 
	templates JSON NOT NULL, 
	active BOOLEAN NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_campaigns PRIMARY KEY (id), 
	CONSTRAINT uq_campaigns_shop_id_kind_code UNIQUE (shop_id, kind, code)
);
INSERT INTO "campaigns" VALUES(1,1,'sms','order_ready','Order is ready','','["order.number"]','{"sms":"Заказ {{ order.number }} готов"}',1,'2026-11-20 09:00:00.000000');
CREATE TABLE communication_versions (
	id INTEGER NOT NULL, 
	communication_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	changed_by VARCHAR(120), 
	fields JSON NOT NULL, 
	CONSTRAINT pk_communication_versions PRIMARY KEY (id)
);
INSERT INTO "communication_versions" VALUES(1,1,'2026-11-20 09:00:00.000000','Support','{"comment":"Asked"}');
CREATE TABLE communications (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	number VARCHAR(255) NOT NULL, 
	channel VARCHAR(255) NOT NULL, 
	theme VARCHAR(255) NOT NULL, 
	date VARCHAR(32), 
	fields JSON NOT NULL, 
	is_ours BOOLEAN NOT NULL, 
	logged_by VARCHAR(120), 
	seen DATETIME NOT NULL, 
	CONSTRAINT pk_communications PRIMARY KEY (id), 
	CONSTRAINT uq_communications_shop_id_number UNIQUE (shop_id, number)
);
INSERT INTO "communications" VALUES(1,1,1,'501','phone','delivery','2026-11-19T10:00:00','{"comment":"Asked for a call"}',1,'Support','2026-11-20 09:00:00.000000');
CREATE TABLE customers (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_customers PRIMARY KEY (id), 
	CONSTRAINT uq_customers_key UNIQUE ("key"), 
	CONSTRAINT uq_customers_shop_id_kind_value UNIQUE (shop_id, kind, value)
);
INSERT INTO "customers" VALUES(1,'c0ffee000001',1,'email','anna.kowalska@example.com','Anna Kowalska','2026-11-20 09:00:00.000000');
INSERT INTO "customers" VALUES(2,'c0ffee000002',1,'phone','79990000002','Вера Соколова','2026-11-20 09:00:00.000000');
CREATE TABLE exchanges (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	shop_id INTEGER NOT NULL, 
	person_id INTEGER, 
	act_id INTEGER, 
	operation VARCHAR(64) NOT NULL, 
	method VARCHAR(8) NOT NULL, 
	path VARCHAR(200) NOT NULL, 
	asked TEXT NOT NULL, 
	curl TEXT NOT NULL, 
	status INTEGER, 
	outcome VARCHAR(12) NOT NULL, 
	milliseconds DOUBLE NOT NULL, 
	answer TEXT NOT NULL, 
	request_id VARCHAR(32), 
	CONSTRAINT pk_exchanges PRIMARY KEY (id), 
	CONSTRAINT uq_exchanges_key UNIQUE ("key")
);
INSERT INTO "exchanges" VALUES(1,'0000000000000001','2026-11-20 09:11:00.000000',1,2,11,'messages.Sms','POST','/transactional/sms','{"phone": "447700900101"}','curl -X POST ''http://rees46-in-a-box/transactional/sms'' -d shop_secret=$REES46_SECRET',200,'done',12.5,'{"status":"success"}','0000000000000000000000000000000b');
INSERT INTO "exchanges" VALUES(2,'0000000000000002','2026-11-20 09:12:00.000000',1,2,12,'messages.Sms','POST','/transactional/sms','{"phone": "447700900101"}','curl -X POST ''http://rees46-in-a-box/transactional/sms'' -d shop_secret=$REES46_SECRET',400,'refused',12.5,'{"message":"Message template not found"}','0000000000000000000000000000000c');
INSERT INTO "exchanges" VALUES(3,'0000000000000003','2026-11-20 09:13:00.000000',1,2,13,'messages.Sms','POST','/transactional/sms','{"phone": "447700900101"}','curl -X POST ''http://rees46-in-a-box/transactional/sms'' -d shop_secret=$REES46_SECRET',NULL,'unreachable',12.5,'','0000000000000000000000000000000d');
INSERT INTO "exchanges" VALUES(4,'0000000000000004','2026-11-20 09:14:00.000000',1,2,14,'messages.Sms','POST','/transactional/sms','{"phone": "447700900101"}','curl -X POST ''http://rees46-in-a-box/transactional/sms'' -d shop_secret=$REES46_SECRET',NULL,'unreachable',12.5,'','0000000000000000000000000000000e');
INSERT INTO "exchanges" VALUES(5,'0000000000000005','2026-11-20 09:17:00.000000',1,2,17,'messages.Multi','POST','/transactional','{"phone": "447700900101"}','curl -X POST ''http://rees46-in-a-box/transactional'' -d shop_secret=$REES46_SECRET',502,'unreachable',12.5,'<html>Bad gateway</html>','00000000000000000000000000000011');
INSERT INTO "exchanges" VALUES(6,'0000000000000006','2026-11-20 09:22:00.000000',1,2,22,'promo_codes.Fetch','GET','/promo_codes/fetch','{"phone": "447700900101"}','curl -X GET ''http://rees46-in-a-box/promo_codes/fetch'' -d shop_secret=$REES46_SECRET',400,'refused',12.5,'{"message":"No codes left"}','00000000000000000000000000000016');
INSERT INTO "exchanges" VALUES(7,'0000000000000007','2026-11-20 09:07:00.000000',1,2,NULL,'profile.Get','GET','/profile','{"phone": "447700900101"}','curl -X GET ''http://rees46-in-a-box/profile'' -d shop_secret=$REES46_SECRET',200,'done',12.5,'{}','00000000000000000000000000000007');
CREATE TABLE import_parts (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	rows JSON NOT NULL, 
	skipped JSON NOT NULL, 
	met JSON NOT NULL, 
	CONSTRAINT pk_import_parts PRIMARY KEY (id), 
	CONSTRAINT fk_import_parts_batch_id FOREIGN KEY(batch_id) REFERENCES imports (id) ON DELETE CASCADE
);
INSERT INTO "import_parts" VALUES(1,1,1,'accepted','[["email","a@example.com"],["email","b@example.com"]]','[]','{"d1":2,"d2":3}');
INSERT INTO "import_parts" VALUES(2,1,1,'trying','[[4,["c@example.com","Ц"]]]','[]','{"d3":4}');
INSERT INTO "import_parts" VALUES(3,1,2,'waiting','[[2,["d@example.com","Д"]]]','[]','{}');
CREATE TABLE import_problems (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	cells JSON NOT NULL, 
	faults JSON NOT NULL, 
	CONSTRAINT pk_import_problems PRIMARY KEY (id), 
	CONSTRAINT fk_import_problems_batch_id FOREIGN KEY(batch_id) REFERENCES imports (id) ON DELETE CASCADE
);
INSERT INTO "import_problems" VALUES(1,1,1,5,'["not an address","Ё"]','[{"code":"email","column":0}]');
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person_id INTEGER, 
	person VARCHAR(120) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	source VARCHAR(200) NOT NULL, 
	segment_id VARCHAR(255), 
	state VARCHAR(16) NOT NULL, 
	header JSON NOT NULL, 
	columns JSON NOT NULL, 
	rows INTEGER NOT NULL, 
	parts INTEGER NOT NULL, 
	worked INTEGER NOT NULL, 
	counts JSON NOT NULL, 
	lifts BOOLEAN NOT NULL, 
	reason TEXT, 
	trouble VARCHAR(500), 
	taken_until DATETIME, 
	ended DATETIME, 
	forgotten BOOLEAN NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id), 
	CONSTRAINT uq_imports_key UNIQUE ("key")
);
INSERT INTO "imports" VALUES(1,'1000000000000001',1,'2026-11-20 09:51:00.000000',3,'Marketer','audience','people.csv','123','running','["email","name"]','{"0":"email","1":"first_name"}',3,2,1,'{"new":2,"sent":2}',0,NULL,NULL,NULL,NULL,0);
INSERT INTO "imports" VALUES(2,'1000000000000002',1,'2026-11-20 09:54:00.000000',3,'Marketer','audience','people.csv','123','draft','["email","name"]','{"0":"email","1":"first_name"}',1,1,0,'{}',0,NULL,NULL,NULL,NULL,0);
INSERT INTO "imports" VALUES(3,'1000000000000003',1,'2026-11-20 09:55:00.000000',3,'Marketer','audience','people.csv','123','stopped','["email","name"]','{"0":"email","1":"first_name"}',1,1,0,'{}',0,'Wrong file',NULL,NULL,'2026-11-20 09:56:00.000000',1);
CREATE TABLE link_batches (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	rows JSON NOT NULL, 
	once VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_link_batches PRIMARY KEY (id), 
	CONSTRAINT uq_link_batches_key UNIQUE ("key"), 
	CONSTRAINT uq_link_batches_once UNIQUE (once)
);
INSERT INTO "link_batches" VALUES(1,'ba0000000001',1,'2026-11-20 09:30:00.000000','Marketer','begun','[{"row":0,"url":"https://example.com/a","days":30,"domain":"","code":null,"fate":"make","reuse":null},{"row":1,"url":"https://example.com/bad","days":30,"domain":"","code":null,"fate":"make","reuse":null},{"row":2,"url":"https://example.com/c","days":30,"domain":"","code":null,"fate":"make","reuse":null},{"row":3,"url":"https://example.com/d","days":30,"domain":"","code":null,"fate":"make","reuse":null},{"row":4,"url":"https://example.com/e","days":30,"domain":"","code":null,"fate":"make","reuse":null}]','l1');
INSERT INTO "link_batches" VALUES(2,'ba0000000002',1,'2026-11-20 09:35:00.000000','Marketer','draft','[{"row":0,"url":"https://example.com/z","days":30,"domain":"","code":null,"fate":"make","reuse":null}]','l2');
CREATE TABLE lookups (
	id INTEGER NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	many INTEGER NOT NULL, 
	lines JSON NOT NULL, 
	CONSTRAINT pk_lookups PRIMARY KEY (id), 
	CONSTRAINT uq_lookups_key UNIQUE ("key")
);
INSERT INTO "lookups" VALUES(1,'f00d',1,2,'2026-11-20 09:00:00.000000','2026-11-21 09:00:00.000000',1,'[{"typed":"anna.kowalska@example.com"}]');
CREATE TABLE people (
	id INTEGER NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	password VARCHAR(255) NOT NULL, 
	active BOOLEAN NOT NULL, 
	session VARCHAR(32) NOT NULL, 
	language VARCHAR(8), 
	shop_id INTEGER, 
	created DATETIME NOT NULL, 
	last_seen DATETIME, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_email UNIQUE (email)
);
INSERT INTO "people" VALUES(1,'viewer@desk46.test','Viewer','viewer','no password',1,'d3fde45fe90d0056',NULL,NULL,'2026-11-20 09:00:00.000000',NULL);
INSERT INTO "people" VALUES(2,'support@desk46.test','Support','support','no password',1,'4e2c46fe765a1939',NULL,NULL,'2026-11-20 09:00:00.000000',NULL);
INSERT INTO "people" VALUES(3,'marketer@desk46.test','Marketer','marketer','no password',1,'dddd1715705224d1',NULL,NULL,'2026-11-20 09:00:00.000000',NULL);
INSERT INTO "people" VALUES(4,'admin@desk46.test','Admin','admin','no password',1,'0d62a7f1d2dab40e',NULL,NULL,'2026-11-20 09:00:00.000000',NULL);
CREATE TABLE promo_batches (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	source VARCHAR(12) NOT NULL, 
	list_id VARCHAR(255), 
	list_name VARCHAR(255) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	codes JSON NOT NULL, 
	findings JSON NOT NULL, 
	total INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	tries INTEGER NOT NULL, 
	busy DATETIME, 
	"before" INTEGER, 
	"after" INTEGER, 
	ended DATETIME, 
	forget DATETIME, 
	CONSTRAINT pk_promo_batches PRIMARY KEY (id), 
	CONSTRAINT uq_promo_batches_key UNIQUE ("key")
);
INSERT INTO "promo_batches" VALUES(1,'b00000000001',1,'2026-11-20 09:40:00.000000','Marketer','pasted','3184','Apology 10','checked','["C1","C2"]','{"new":2}',2,0,0,NULL,NULL,NULL,NULL,'2026-11-27 09:40:00.000000');
INSERT INTO "promo_batches" VALUES(2,'b00000000002',1,'2026-11-20 09:41:00.000000','Marketer','pasted','3184','Apology 10','sent','[]','{}',2,2,1,NULL,10,12,'2026-11-20 09:41:00.000000','2026-12-04 17:25:56.384885');
INSERT INTO "promo_batches" VALUES(3,'b00000000003',1,'2026-11-20 09:42:00.000000','Marketer','pasted','3184','Apology 10','sending','["B1","B2"]','{}',2,0,1,'2026-11-20 09:43:00.000000',12,NULL,NULL,'2026-11-27 09:42:00.000000');
CREATE TABLE promo_handouts (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	shop_id INTEGER NOT NULL, 
	list_id VARCHAR(255) NOT NULL, 
	list_name VARCHAR(255) NOT NULL, 
	customer_id INTEGER, 
	person VARCHAR(120) NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	code TEXT, 
	outcome VARCHAR(8) NOT NULL, 
	message VARCHAR(500), 
	once VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_promo_handouts PRIMARY KEY (id), 
	CONSTRAINT uq_promo_handouts_key UNIQUE ("key"), 
	CONSTRAINT uq_promo_handouts_once UNIQUE (once)
);
INSERT INTO "promo_handouts" VALUES(1,'aaaa00000001','2026-11-20 09:21:00.000000',1,'3184','Apology 10',1,'Support','Apology','SORRY-1','done',NULL,'hand-1');
INSERT INTO "promo_handouts" VALUES(2,'aaaa00000002','2026-11-20 09:22:00.000000',1,'3189','Apology 10',1,'Support','Apology',NULL,'refused','No codes left','hand-2');
INSERT INTO "promo_handouts" VALUES(3,'aaaa00000003','2026-11-20 09:23:00.000000',1,'3184','Apology 10',1,'Support','Apology',NULL,'unknown','REES46 did not answer','hand-3');
INSERT INTO "promo_handouts" VALUES(4,'aaaa00000004','2026-11-20 09:24:00.000000',1,'3184','Apology 10',2,'Support','Apology','SORRY-4','done',NULL,'hand-4');
INSERT INTO "promo_handouts" VALUES(5,'aaaa00000005','2026-11-20 09:25:00.000000',1,'3184','Apology 10',2,'Support','Apology',NULL,'refused',NULL,'hand-5');
INSERT INTO "promo_handouts" VALUES(6,'aaaa00000006','2026-11-20 09:26:00.000000',1,'3184','Apology 10',2,'Support','Apology',NULL,'trying',NULL,'hand-6');
INSERT INTO "promo_handouts" VALUES(7,'aaaa00000007','2026-11-20 09:27:00.000000',1,'3184','Apology 10',NULL,'Support','Apology','NO-ACT-7','done',NULL,'hand-7');
INSERT INTO "promo_handouts" VALUES(8,'aaaa00000008','2026-11-20 09:28:00.000000',1,'3184','Apology 10',NULL,'Support','Apology',NULL,'trying',NULL,'hand-8');
CREATE TABLE promo_stock (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	list_id VARCHAR(255) NOT NULL, 
	available INTEGER NOT NULL, 
	CONSTRAINT pk_promo_stock PRIMARY KEY (id), 
	CONSTRAINT uq_promo_stock_shop_id_day_list_id UNIQUE (shop_id, day, list_id)
);
INSERT INTO "promo_stock" VALUES(1,1,'2026-11-20','3184',12);
CREATE TABLE promo_watches (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	list_id VARCHAR(255) NOT NULL, 
	warn_below INTEGER NOT NULL, 
	CONSTRAINT pk_promo_watches PRIMARY KEY (id), 
	CONSTRAINT uq_promo_watches_shop_id_list_id UNIQUE (shop_id, list_id)
);
INSERT INTO "promo_watches" VALUES(1,1,'3184',5);
CREATE TABLE recipients (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(255) NOT NULL, 
	whose VARCHAR(120) NOT NULL, 
	added_by VARCHAR(120) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_recipients PRIMARY KEY (id), 
	CONSTRAINT uq_recipients_shop_id_kind_value UNIQUE (shop_id, kind, value)
);
INSERT INTO "recipients" VALUES(1,1,'phone','447700900101','Anna''s test phone','Admin','2026-11-20 09:00:00.000000');
CREATE TABLE segment_names (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	segment_id VARCHAR(255) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	purpose VARCHAR(500) NOT NULL, 
	owner VARCHAR(120) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	changed DATETIME NOT NULL, 
	CONSTRAINT pk_segment_names PRIMARY KEY (id), 
	CONSTRAINT uq_segment_names_shop_id_segment_id UNIQUE (shop_id, segment_id)
);
INSERT INTO "segment_names" VALUES(1,1,'123','VIP','Spring','Marketer','static','2026-11-20 09:00:00.000000');
CREATE TABLE sends (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person_id INTEGER NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	campaign VARCHAR(255) NOT NULL, 
	campaign_name VARCHAR(120) NOT NULL, 
	asked JSON NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	customer_id INTEGER, 
	texts JSON NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	message VARCHAR(500), 
	number VARCHAR(255), 
	settled_by VARCHAR(120), 
	note TEXT, 
	CONSTRAINT pk_sends PRIMARY KEY (id)
);
INSERT INTO "sends" VALUES(1,1,'2026-11-20 09:01:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-0"}}}',1,NULL,'{"sms":"Your order is ready"}','draft',NULL,NULL,NULL,NULL);
INSERT INTO "sends" VALUES(2,1,'2026-11-20 09:11:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-1"}}}',1,NULL,'{"sms":"Your order is ready"}','sent',NULL,'sms-code-1',NULL,NULL);
INSERT INTO "sends" VALUES(3,1,'2026-11-20 09:12:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-2"}}}',1,NULL,'{"sms":"Your order is ready"}','refused','Message template not found',NULL,NULL,NULL);
INSERT INTO "sends" VALUES(4,1,'2026-11-20 09:13:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-3"}}}',1,NULL,'{"sms":"Your order is ready"}','failed','Connection refused',NULL,NULL,NULL);
INSERT INTO "sends" VALUES(5,1,'2026-11-20 09:14:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-4"}}}',1,NULL,'{"sms":"Your order is ready"}','unknown','Read timed out',NULL,NULL,NULL);
INSERT INTO "sends" VALUES(6,1,'2026-11-20 09:15:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-5"}}}',1,NULL,'{"sms":"Your order is ready"}','sending',NULL,NULL,NULL,NULL);
INSERT INTO "sends" VALUES(7,1,'2026-11-20 09:16:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-6"}}}',1,NULL,'{"sms":"Your order is ready"}','arrived','Read timed out',NULL,'Support','It is on my phone');
INSERT INTO "sends" VALUES(8,1,'2026-11-20 09:17:00.000000',2,'Support','multi','welcome','Order is ready','{"email":"anna.kowalska@example.com","code":"welcome","variables":{}}',1,NULL,'{"sms":"Your order is ready"}','lost',NULL,NULL,'Admin','Не пришло');
INSERT INTO "sends" VALUES(9,1,'2026-11-20 09:09:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-9"}}}',1,NULL,'{"sms":"Your order is ready"}','sent',NULL,'sms-code-without-act',NULL,NULL);
INSERT INTO "sends" VALUES(10,1,'2026-11-20 09:10:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-10"}}}',1,NULL,'{"sms":"Your order is ready"}','sending',NULL,NULL,NULL,NULL);
INSERT INTO "sends" VALUES(11,1,'2026-11-20 09:18:00.000000',2,'Support','sms','order_ready','Order is ready','{"phone":"447700900101","code":"order_ready","variables":{"order":{"number":"A-7"}}}',1,NULL,'{"sms":"Your order is ready"}','unknown','Read timed out',NULL,NULL,NULL);
CREATE TABLE shops (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	colour VARCHAR(16) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	api_url VARCHAR(500) NOT NULL, 
	shop_id VARCHAR(64) NOT NULL, 
	locked_secret VARCHAR(1000) NOT NULL, 
	fingerprint VARCHAR(12) NOT NULL, 
	active BOOLEAN NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_shops PRIMARY KEY (id), 
	CONSTRAINT uq_shops_name UNIQUE (name)
);
INSERT INTO "shops" VALUES(1,'Demo','blue','test','','demo','gAAAAABrCb0kBvFWdly2D2FFKbN7V9uS9S6YmB-TUgJhFLaU_yQp61SsxqikhHjZURLi-yENFJaqOZGoDU_cTYjY0WlmzvPfPw==','3e04d225',1,'2026-11-27 17:25:56.340963');
INSERT INTO "shops" VALUES(2,'Second','amber','test','','second','gAAAAABrCb0kFQvtQ-f7xbNREOeERRX990Dsn9fPCcI3Vk5nx1MKcgu0fMHdkjdjQveievm825GD--2yjQ8n1ZQw9Cxrpqqogg==','ba13397d',1,'2026-11-27 17:25:56.344323');
CREATE TABLE short_links (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	source TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	campaign VARCHAR(255), 
	lifetime INTEGER NOT NULL, 
	domain VARCHAR(253) NOT NULL, 
	code VARCHAR(64), 
	is_own BOOLEAN NOT NULL, 
	short VARCHAR(1000), 
	expires DATETIME, 
	state VARCHAR(8) NOT NULL, 
	message VARCHAR(500), 
	tries INTEGER NOT NULL, 
	tried DATETIME, 
	replaced_by VARCHAR(16), 
	CONSTRAINT pk_short_links PRIMARY KEY (id), 
	CONSTRAINT uq_short_links_key UNIQUE ("key")
);
INSERT INTO "short_links" VALUES(1,'111100000001',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/a','2b31a457723965120ec83a6f39008fc9bfbae92bb6c2dd4436619ff24344b06d','spring',30,'','abc12',0,'http://localhost/api/abc12','2026-12-20 09:31:00.000000','made',NULL,1,'2026-11-20 09:31:00.000000',NULL);
INSERT INTO "short_links" VALUES(2,'111100000002',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/bad','a96d44cd482fe0b9c9d8a764bf21c6662317be0707c90191de846ce9c7ab6888','spring',30,'',NULL,0,NULL,NULL,'refused','Url is invalid',1,'2026-11-20 09:32:00.000000',NULL);
INSERT INTO "short_links" VALUES(3,'111100000003',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/c','f83d41f7acba34e5fd8909f11885d990f266826adaea985e2c5849b2ebd30090','spring',30,'',NULL,0,NULL,NULL,'unknown','REES46 did not answer',1,'2026-11-20 09:33:00.000000',NULL);
INSERT INTO "short_links" VALUES(4,'111100000004',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/d','8dc0e15dff541f9b2216ff647dadd56bcf27314539c382cb2956838776874d06','spring',30,'',NULL,0,NULL,NULL,'sending',NULL,1,'2026-11-20 09:34:00.000000',NULL);
INSERT INTO "short_links" VALUES(5,'111100000005',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/e','832c26982cc59534ec181cd35ed7efa156f5a14fb4ba1a91522dfd8fad90ca9e','spring',30,'',NULL,0,NULL,NULL,'waiting',NULL,0,NULL,NULL);
INSERT INTO "short_links" VALUES(6,'111100000006',1,1,'2026-11-20 09:30:00.000000','Marketer','https://example.com/old','9644b7a773a174096d7f8cae3e67d0d4ed7a9e79b926068b48d3372732b218b7','spring',30,'','own',1,'http://localhost/api/own','2026-11-20 09:32:00.000000','replaced',NULL,1,'2026-11-20 09:31:00.000000','111100000001');
CREATE TABLE utm_templates (
	id INTEGER NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	shop_id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	at DATETIME NOT NULL, 
	source VARCHAR(200) NOT NULL, 
	medium VARCHAR(200) NOT NULL, 
	campaign VARCHAR(200) NOT NULL, 
	term VARCHAR(200) NOT NULL, 
	content VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_utm_templates PRIMARY KEY (id), 
	CONSTRAINT uq_utm_templates_key UNIQUE ("key"), 
	CONSTRAINT uq_utm_templates_shop_id_name UNIQUE (shop_id, name)
);
INSERT INTO "utm_templates" VALUES(1,'beef00000001',1,'Spring','Marketer','2026-11-20 09:00:00.000000','newsletter','','','','');
CREATE TABLE visits (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_visits PRIMARY KEY (id), 
	CONSTRAINT uq_visits_person_id_customer_id UNIQUE (person_id, customer_id)
);
INSERT INTO "visits" VALUES(1,2,1,1,'2026-11-20 09:00:00.000000');
CREATE TABLE words (
	id INTEGER NOT NULL, 
	shop_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(255) NOT NULL, 
	label VARCHAR(120) NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_words PRIMARY KEY (id), 
	CONSTRAINT uq_words_shop_id_kind_value UNIQUE (shop_id, kind, value)
);
INSERT INTO "words" VALUES(1,1,'channel','phone','Phone call',1);
CREATE INDEX ix_acts_customer ON acts (customer_id, id);
CREATE INDEX ix_acts_outcome ON acts (shop_id, outcome, id);
CREATE INDEX ix_acts_person ON acts (shop_id, person_id, id);
CREATE INDEX ix_acts_shop ON acts (shop_id, id);
CREATE INDEX ix_acts_what ON acts (shop_id, what, id);
CREATE INDEX ix_communication_versions_of ON communication_versions (communication_id, id);
CREATE INDEX ix_communications_channel ON communications (shop_id, channel, id);
CREATE INDEX ix_communications_customer ON communications (customer_id, id);
CREATE INDEX ix_communications_ours ON communications (shop_id, is_ours, id);
CREATE INDEX ix_communications_shop ON communications (shop_id, id);
CREATE INDEX ix_communications_theme ON communications (shop_id, theme, id);
CREATE INDEX ix_exchanges_act_id ON exchanges (act_id);
CREATE INDEX ix_exchanges_day ON exchanges (shop_id, at);
CREATE INDEX ix_exchanges_operation ON exchanges (shop_id, operation, id);
CREATE INDEX ix_exchanges_outcome ON exchanges (shop_id, outcome, id);
CREATE INDEX ix_exchanges_person ON exchanges (shop_id, person_id, id);
CREATE INDEX ix_exchanges_request_id ON exchanges (request_id);
CREATE INDEX ix_exchanges_shop ON exchanges (shop_id, id);
CREATE INDEX ix_imports_forgotten ON imports (forgotten, at);
CREATE INDEX ix_imports_segment ON imports (shop_id, segment_id, id);
CREATE INDEX ix_imports_shop ON imports (shop_id, id);
CREATE INDEX ix_link_batches_shop ON link_batches (shop_id, id);
CREATE INDEX ix_lookups_expires ON lookups (expires);
CREATE INDEX ix_lookups_shop ON lookups (shop_id, person_id, id);
CREATE INDEX ix_promo_batches_forget ON promo_batches (forget);
CREATE INDEX ix_promo_batches_list ON promo_batches (shop_id, list_id, id);
CREATE INDEX ix_promo_batches_shop ON promo_batches (shop_id, id);
CREATE INDEX ix_promo_handouts_customer ON promo_handouts (customer_id, id);
CREATE INDEX ix_promo_handouts_list ON promo_handouts (shop_id, list_id, id);
CREATE INDEX ix_promo_handouts_shop ON promo_handouts (shop_id, id);
CREATE INDEX ix_segment_names_shop ON segment_names (shop_id, name, id);
CREATE INDEX ix_sends_campaign ON sends (shop_id, campaign, id);
CREATE INDEX ix_sends_customer ON sends (customer_id, id);
CREATE INDEX ix_sends_person ON sends (shop_id, person_id, id);
CREATE INDEX ix_sends_recipient ON sends (recipient_id, id);
CREATE INDEX ix_sends_shop ON sends (shop_id, id);
CREATE INDEX ix_sends_state ON sends (shop_id, state, id);
CREATE INDEX ix_short_links_batch ON short_links (batch_id, state, id);
CREATE INDEX ix_short_links_campaign ON short_links (shop_id, campaign, id);
CREATE INDEX ix_short_links_code ON short_links (shop_id, code, id);
CREATE INDEX ix_short_links_digest ON short_links (shop_id, digest, expires);
CREATE INDEX ix_short_links_ends ON short_links (shop_id, expires, id);
CREATE INDEX ix_short_links_shop ON short_links (shop_id, id);
CREATE INDEX ix_visits_recent ON visits (person_id, shop_id, at);
CREATE INDEX ix_import_parts_batch ON import_parts (batch_id, id);
CREATE INDEX ix_import_problems_batch ON import_problems (batch_id, id);
COMMIT;
