BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE basket_items (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	basket VARCHAR(8) NOT NULL, 
	item_id VARCHAR(255) NOT NULL, 
	amount INTEGER NOT NULL, 
	added DATETIME NOT NULL, 
	CONSTRAINT pk_basket_items PRIMARY KEY (id), 
	CONSTRAINT fk_basket_items_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_basket_items_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "basket_items" VALUES(1,1,51,'cart','1122',1,'2026-11-15 09:47:00.119236');
INSERT INTO "basket_items" VALUES(1,2,55,'cart','1165',1,'2026-11-18 14:10:13.261811');
INSERT INTO "basket_items" VALUES(1,3,2,'cart','145',1,'2026-11-22 02:08:25.500044');
CREATE TABLE bonus_statements (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	current_status VARCHAR(255), 
	total_balance DOUBLE, 
	total_used DOUBLE, 
	total_burned DOUBLE, 
	total_cancelled DOUBLE, 
	total_inactive DOUBLE, 
	total_rewarded DOUBLE, 
	purchase_date DATETIME, 
	event VARCHAR(255), 
	order_id VARCHAR(255), 
	bonus_status VARCHAR(255), 
	amount_changed VARCHAR(255), 
	activated_at DATETIME, 
	expiration DATETIME, 
	activity VARCHAR(255), 
	balance DOUBLE, 
	CONSTRAINT pk_bonus_statements PRIMARY KEY (id), 
	CONSTRAINT fk_bonus_statements_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_bonus_statements_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "bonus_statements" VALUES(1,1,3,'2026-11-20 09:00:00.000000','example 1',1.5,1.5,1.5,1.5,1.5,1.5,'2026-11-20 09:00:00.000000','example 1','example 1','example 1','example 1','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','example 1',1.5);
INSERT INTO "bonus_statements" VALUES(2,2,4,'2026-11-20 09:00:00.000000','example 2',1.5,1.5,1.5,1.5,1.5,1.5,'2026-11-20 09:00:00.000000','example 2','example 2','example 2','example 2','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','example 2',1.5);
CREATE TABLE campaigns (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_campaigns PRIMARY KEY (id), 
	CONSTRAINT fk_campaigns_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_campaigns_shop_id_kind_code UNIQUE (shop_id, kind, code)
);
INSERT INTO "campaigns" VALUES(1,1,'sms','order_ready','Order is ready for pick-up','2026-11-01 12:00:00.000000');
INSERT INTO "campaigns" VALUES(1,2,'sms','verification','Verification code','2026-11-01 12:00:00.000000');
INSERT INTO "campaigns" VALUES(1,3,'sms','courier','Courier is on the way','2026-11-01 12:00:00.000000');
INSERT INTO "campaigns" VALUES(1,6,'multi','back_in_stock','Back in stock','2026-11-01 12:00:00.000000');
INSERT INTO "campaigns" VALUES(1,8,'multi','news','News, a push that opens the app','2026-11-01 12:00:00.000000');
CREATE TABLE categories (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	external_id VARCHAR(255) NOT NULL, 
	name TEXT NOT NULL, 
	parent VARCHAR(255), 
	url TEXT, 
	alias TEXT, 
	listed INTEGER, 
	CONSTRAINT pk_categories PRIMARY KEY (id), 
	CONSTRAINT fk_categories_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_categories_shop_id_external_id UNIQUE (shop_id, external_id)
);
INSERT INTO "categories" VALUES(1,1,'1','Bicycles',NULL,'https://shop.example.com/categories/1','bicycles',NULL);
INSERT INTO "categories" VALUES(1,2,'2','Sportswear',NULL,'https://shop.example.com/categories/2','sportswear',NULL);
INSERT INTO "categories" VALUES(1,3,'3','Equipment',NULL,'https://shop.example.com/categories/3','equipment',NULL);
CREATE TABLE chats (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	platform VARCHAR(64) NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	at DATETIME NOT NULL, 
	data JSON NOT NULL, 
	CONSTRAINT pk_chats PRIMARY KEY (id), 
	CONSTRAINT fk_chats_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chats_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_chats_shop_id_platform_code UNIQUE (shop_id, platform, code)
);
INSERT INTO "chats" VALUES(1,1,3,'example 1','example 1','2026-11-20 09:00:00.000000','{"a": "Ж"}');
INSERT INTO "chats" VALUES(2,2,4,'example 2','example 2','2026-11-20 09:00:00.000000','{"a": "Ж"}');
CREATE TABLE communications (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	channel VARCHAR(255), 
	event VARCHAR(255), 
	location_id VARCHAR(255), 
	call_type VARCHAR(255), 
	call_theme VARCHAR(255), 
	subject_appeal VARCHAR(255), 
	comment TEXT, 
	author_type VARCHAR(255), 
	status VARCHAR(255), 
	CONSTRAINT pk_communications PRIMARY KEY (id), 
	CONSTRAINT fk_communications_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_communications_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "communications" VALUES(1,1,1,'2026-11-01 12:00:00.000000','phone','incoming','LON','question','Delivery',NULL,'Asked when the order comes; told Thursday.','support','closed');
INSERT INTO "communications" VALUES(1,2,1,'2026-10-23 11:00:00.000000','chat','incoming','LON','question','Sizes',NULL,'Frame size for 172 cm: advised M.','support','closed');
INSERT INTO "communications" VALUES(1,3,1,'2026-10-14 10:00:00.000000','email','outgoing','LON','answer','Returns',NULL,'Sent the label for the return.','support','closed');
CREATE TABLE consents (
	shop_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	campaign_type VARCHAR(16) NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	changed DATETIME NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (customer_id, channel, campaign_type), 
	CONSTRAINT fk_consents_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_consents_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "consents" VALUES(1,1,'email','bulk',1,'2023-01-01 12:00:00.000000');
INSERT INTO "consents" VALUES(1,1,'email','chain',1,'2023-01-01 12:00:00.000000');
INSERT INTO "consents" VALUES(1,1,'email','transactional',1,'2023-01-01 12:00:00.000000');
CREATE TABLE custom_events (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	registered DATETIME NOT NULL, 
	CONSTRAINT pk_custom_events PRIMARY KEY (id), 
	CONSTRAINT fk_custom_events_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_custom_events_shop_id_name UNIQUE (shop_id, name)
);
INSERT INTO "custom_events" VALUES(1,1,'example 1','2026-11-20 09:00:00.000000');
INSERT INTO "custom_events" VALUES(2,2,'example 2','2026-11-20 09:00:00.000000');
CREATE TABLE customers (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	created DATETIME NOT NULL, 
	first_name VARCHAR(255), 
	last_name VARCHAR(255), 
	gender VARCHAR(1), 
	birthday DATE, 
	age INTEGER, 
	location VARCHAR(255), 
	fb_id VARCHAR(255), 
	vk_id VARCHAR(255), 
	loyalty_card_location VARCHAR(255), 
	loyalty_status VARCHAR(255), 
	loyalty_bonuses INTEGER, 
	loyalty_bonuses_to_next_level INTEGER, 
	bought_something BOOLEAN, 
	kids JSON NOT NULL, 
	auto JSON NOT NULL, 
	tags JSON NOT NULL, 
	custom_properties JSON NOT NULL, 
	CONSTRAINT pk_customers PRIMARY KEY (id), 
	CONSTRAINT fk_customers_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "customers" VALUES(1,1,'2023-01-01 12:00:00.000000','Anna','Kowalska','f','1988-04-17',NULL,'LON','anna.kowalska.88','id1988417','LON','Gold',1240,760,1,'[{"gender":"m","birthday":"2016-05-03"},{"gender":"f","birthday":"2019-11-21"}]','[{"brand":"Mini","model":"Countryman","vds":"1234567"}]','["vip","gravel","newsletter test"]','{"language":"en","frame_size":"M","club":"Hackney Wheelers","visits":41}');
INSERT INTO "customers" VALUES(1,2,'2025-01-30 12:00:00.000000','Вера','Соколова','f','1995-09-30',NULL,'MSK',NULL,NULL,NULL,'Серебро',310,690,1,'[]','[]','["бег"]','{"language":"ru","shoe_size":38}');
INSERT INTO "customers" VALUES(1,3,'2026-08-03 12:00:00.000000','Пётр','Волков','m',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]','[]','{}');
INSERT INTO "customers" VALUES(1,4,'2026-11-01 12:00:00.000000','Wanda','Webpush',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]','[]','{}');
INSERT INTO "customers" VALUES(1,41,'2022-09-26 18:59:00.000000','Thomas','Dawson','m','2002-03-25',NULL,'EDI',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]','["gravel","vip"]','{"language":"en"}');
INSERT INTO "customers" VALUES(1,51,'2026-02-14 13:03:00.000000','Alice','Perry','f','1954-03-26',NULL,'NY',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]','[]','{"language":"en"}');
INSERT INTO "customers" VALUES(1,55,'2025-04-16 00:26:00.000000','Adam','Lawson','m','1966-02-24',NULL,'EDI',NULL,NULL,NULL,NULL,NULL,NULL,1,'[]','[]','["gravel"]','{"language":"en"}');
CREATE TABLE devices (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	did VARCHAR(255) NOT NULL, 
	customer_id INTEGER, 
	created DATETIME NOT NULL, 
	seen DATETIME NOT NULL, 
	CONSTRAINT pk_devices PRIMARY KEY (id), 
	CONSTRAINT fk_devices_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL, 
	CONSTRAINT fk_devices_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_devices_shop_id_did UNIQUE (shop_id, did)
);
INSERT INTO "devices" VALUES(1,1,'anna-laptop',1,'2023-01-01 12:00:00.000000','2023-01-01 12:00:00.000000');
INSERT INTO "devices" VALUES(1,2,'anna-phone',1,'2023-01-01 12:00:00.000000','2023-01-01 12:00:00.000000');
INSERT INTO "devices" VALUES(1,3,'vera-phone',2,'2025-01-30 12:00:00.000000','2025-01-30 12:00:00.000000');
CREATE TABLE do_not_use (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	contact_type VARCHAR(16) NOT NULL, 
	contact VARCHAR(255) NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_do_not_use PRIMARY KEY (id), 
	CONSTRAINT fk_do_not_use_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_do_not_use_shop_id_contact_type_contact_reason UNIQUE (shop_id, contact_type, contact, reason)
);
INSERT INTO "do_not_use" VALUES(1,1,'email','bruno.bounced@example.com','bounced','2026-11-01 12:00:00.000000');
INSERT INTO "do_not_use" VALUES(1,2,'email','clara.complained@example.com','suppressed','2026-11-01 12:00:00.000000');
INSERT INTO "do_not_use" VALUES(1,3,'email','boris.blacklisted@example.com','blacklisted','2026-11-01 12:00:00.000000');
CREATE TABLE events (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	customer_id INTEGER, 
	did VARCHAR(255), 
	seance VARCHAR(255), 
	stream VARCHAR(16), 
	segment VARCHAR(1), 
	referer VARCHAR(2000), 
	source VARCHAR(255), 
	source_code VARCHAR(255), 
	recommended_by VARCHAR(255), 
	recommended_code VARCHAR(255), 
	item_id VARCHAR(255), 
	amount INTEGER, 
	price DOUBLE, 
	order_number VARCHAR(255), 
	category_id VARCHAR(255), 
	search_query VARCHAR(1000), 
	name VARCHAR(255), 
	category VARCHAR(255), 
	label VARCHAR(255), 
	value INTEGER, 
	payload JSON, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT fk_events_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL, 
	CONSTRAINT fk_events_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "events" VALUES(1,1,'2026-11-02 03:34:58.504214','category',41,'did-20008','did-20008-0',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'201',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(1,2,'2026-11-02 03:35:58.504214','view',41,'did-20008','did-20008-0',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1051',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(1,3,'2026-11-02 03:36:58.504214','view',41,'did-20008','did-20008-0',NULL,NULL,NULL,NULL,NULL,'dynamic','similar','1057',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE identities (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(255) NOT NULL, 
	is_main BOOLEAN NOT NULL, 
	CONSTRAINT pk_identities PRIMARY KEY (id), 
	CONSTRAINT fk_identities_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_identities_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_identities_shop_id_kind_value UNIQUE (shop_id, kind, value)
);
INSERT INTO "identities" VALUES(1,1,1,'email','anna.kowalska@example.com',1);
INSERT INTO "identities" VALUES(1,2,1,'email','anna.k@example.org',0);
INSERT INTO "identities" VALUES(1,3,1,'phone','447700900101',1);
CREATE TABLE import_calls (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_import_calls PRIMARY KEY (id), 
	CONSTRAINT fk_import_calls_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "import_calls" VALUES(1,1,'2026-11-20 09:00:00.000000');
INSERT INTO "import_calls" VALUES(2,2,'2026-11-20 09:00:00.000000');
CREATE TABLE job_parts (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	first INTEGER NOT NULL, 
	count INTEGER NOT NULL, 
	rows JSON NOT NULL, 
	CONSTRAINT pk_job_parts PRIMARY KEY (id), 
	CONSTRAINT fk_job_parts_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_job_parts_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "job_parts" VALUES(1,1,1,1,1,'{"a": "Ж"}');
INSERT INTO "job_parts" VALUES(2,2,2,2,2,'{"a": "Ж"}');
CREATE TABLE job_remarks (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	"row" INTEGER, 
	words VARCHAR(500) NOT NULL, 
	CONSTRAINT pk_job_remarks PRIMARY KEY (id), 
	CONSTRAINT fk_job_remarks_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_job_remarks_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "job_remarks" VALUES(1,1,1,1,'example 1');
INSERT INTO "job_remarks" VALUES(2,2,2,2,'example 2');
CREATE TABLE jobs (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	about JSON NOT NULL, 
	spool VARCHAR(64), 
	total INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	skipped INTEGER NOT NULL, 
	accepted DATETIME NOT NULL, 
	started DATETIME, 
	finished DATETIME, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT fk_jobs_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "jobs" VALUES(1,1,'example 1','example ','{"a": "Ж"}','example 1',1,1,1,'2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000');
INSERT INTO "jobs" VALUES(2,2,'example 2','example ','{"a": "Ж"}','example 2',2,2,2,'2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000');
CREATE TABLE link_domains (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	domain VARCHAR(253) NOT NULL, 
	CONSTRAINT pk_link_domains PRIMARY KEY (id), 
	CONSTRAINT fk_link_domains_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_link_domains_domain UNIQUE (domain)
);
INSERT INTO "link_domains" VALUES(1,1,'go.shop.example.com');
CREATE TABLE locations (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	external_id VARCHAR(255) NOT NULL, 
	name TEXT NOT NULL, 
	parent VARCHAR(255), 
	kind VARCHAR(255), 
	groups JSON NOT NULL, 
	discount_percent DOUBLE, 
	search_level_up INTEGER, 
	listed INTEGER, 
	CONSTRAINT pk_locations PRIMARY KEY (id), 
	CONSTRAINT fk_locations_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_locations_shop_id_external_id UNIQUE (shop_id, external_id)
);
INSERT INTO "locations" VALUES(1,1,'msk','Москва',NULL,'city','["Big cities"]',NULL,NULL,NULL);
INSERT INTO "locations" VALUES(1,2,'spb','Санкт-Петербург',NULL,'city','["Big cities"]',NULL,NULL,NULL);
INSERT INTO "locations" VALUES(1,3,'arbat','Пункт выдачи на Арбате','msk','store','[]',NULL,NULL,NULL);
CREATE TABLE members (
	shop_id INTEGER NOT NULL, 
	segment_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	added DATETIME NOT NULL, 
	CONSTRAINT pk_members PRIMARY KEY (segment_id, customer_id), 
	CONSTRAINT fk_members_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_members_segment_id FOREIGN KEY(segment_id) REFERENCES segments (id) ON DELETE CASCADE, 
	CONSTRAINT fk_members_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "members" VALUES(1,2,1,'2023-01-01 12:00:00.000000');
INSERT INTO "members" VALUES(1,1,1,'2023-01-01 12:00:00.000000');
INSERT INTO "members" VALUES(1,4,1,'2023-01-01 12:00:00.000000');
CREATE TABLE messages (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	campaign_id INTEGER, 
	customer_id INTEGER, 
	kind VARCHAR(16) NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	recipient VARCHAR(1024) NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	parts JSON NOT NULL, 
	missing JSON NOT NULL, 
	sent DATETIME NOT NULL, 
	received DATETIME, 
	opened DATETIME, 
	clicked DATETIME, 
	closed DATETIME, 
	CONSTRAINT pk_messages PRIMARY KEY (id), 
	CONSTRAINT fk_messages_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON DELETE SET NULL, 
	CONSTRAINT fk_messages_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL, 
	CONSTRAINT fk_messages_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_messages_shop_id_code_channel UNIQUE (shop_id, code, channel)
);
INSERT INTO "messages" VALUES(1,1,'example 1',6,3,'example 1','example 1','example 1','ex','{"a": "Ж"}','{"a": "Ж"}','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000');
INSERT INTO "messages" VALUES(2,2,'example 2',8,4,'example 2','example 2','example 2','ex','{"a": "Ж"}','{"a": "Ж"}','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000');
CREATE TABLE missed_queries (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	"query" VARCHAR(255) NOT NULL, 
	quantity INTEGER NOT NULL, 
	CONSTRAINT pk_missed_queries PRIMARY KEY (id), 
	CONSTRAINT fk_missed_queries_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_missed_queries_shop_id_day_query UNIQUE (shop_id, day, "query")
);
INSERT INTO "missed_queries" VALUES(1,1,'2026-11-27','unicycle',1);
INSERT INTO "missed_queries" VALUES(1,2,'2026-11-27','одноколёсный велосипед',4);
INSERT INTO "missed_queries" VALUES(1,3,'2026-11-27','skateboard',11);
CREATE TABLE nps_categories (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	active BOOLEAN NOT NULL, 
	promoter_question TEXT, 
	passive_question TEXT, 
	detractor_question TEXT, 
	promoter_success TEXT, 
	passive_success TEXT, 
	detractor_success TEXT, 
	CONSTRAINT pk_nps_categories PRIMARY KEY (id), 
	CONSTRAINT fk_nps_categories_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_nps_categories_shop_id_code UNIQUE (shop_id, code)
);
INSERT INTO "nps_categories" VALUES(1,1,'website','Shopping on the site',1,'What do you like most about us?','What would make it a ten?','What went wrong?','Thank you{% if first_name %}, {{ first_name }}{% endif %}! Ride on.','Thank you{% if first_name %}, {{ first_name }}{% endif %}. We will work on it.','Thank you for telling us. Somebody from the workshop will call you.');
INSERT INTO "nps_categories" VALUES(1,2,'delivery','Delivery',1,'What do you like most about us?','What would make it a ten?','What went wrong?','Thank you{% if first_name %}, {{ first_name }}{% endif %}! Ride on.','Thank you{% if first_name %}, {{ first_name }}{% endif %}. We will work on it.','Thank you for telling us. Somebody from the workshop will call you.');
INSERT INTO "nps_categories" VALUES(1,3,'checkout','Checkout',1,'What do you like most about us?','What would make it a ten?','What went wrong?','Thank you{% if first_name %}, {{ first_name }}{% endif %}! Ride on.','Thank you{% if first_name %}, {{ first_name }}{% endif %}. We will work on it.','Thank you for telling us. Somebody from the workshop will call you.');
CREATE TABLE nps_channels (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_nps_channels PRIMARY KEY (id), 
	CONSTRAINT fk_nps_channels_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_nps_channels_shop_id_code UNIQUE (shop_id, code)
);
INSERT INTO "nps_channels" VALUES(1,1,'website','Website');
INSERT INTO "nps_channels" VALUES(1,2,'ios_app','iOS app');
INSERT INTO "nps_channels" VALUES(1,3,'android_app','Android app');
INSERT INTO "nps_channels" VALUES(1,4,'pos','Till in the store');
CREATE TABLE nps_reviews (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	channel_id INTEGER NOT NULL, 
	category_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	at DATETIME NOT NULL, 
	rate INTEGER NOT NULL, 
	comment TEXT, 
	order_id VARCHAR(255), 
	published BOOLEAN NOT NULL, 
	CONSTRAINT pk_nps_reviews PRIMARY KEY (id), 
	CONSTRAINT fk_nps_reviews_category_id FOREIGN KEY(category_id) REFERENCES nps_categories (id), 
	CONSTRAINT fk_nps_reviews_channel_id FOREIGN KEY(channel_id) REFERENCES nps_channels (id), 
	CONSTRAINT fk_nps_reviews_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_nps_reviews_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_nps_reviews_customer_id_channel_id_category_id_day UNIQUE (customer_id, channel_id, category_id, day)
);
INSERT INTO "nps_reviews" VALUES(1,1,1,4,3,'2026-08-15','2026-08-15 16:56:56.000000',10,'Курьер приехал раньше срока!',NULL,1);
INSERT INTO "nps_reviews" VALUES(1,2,2,3,3,'2026-07-02','2026-07-02 15:58:56.000000',9,'Everything fits.',NULL,1);
INSERT INTO "nps_reviews" VALUES(1,3,3,2,3,'2026-08-30','2026-08-30 12:13:56.000000',10,'Best bike shop in town.',NULL,1);
CREATE TABLE order_items (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	product VARCHAR(255) NOT NULL, 
	name VARCHAR(500), 
	price DOUBLE NOT NULL, 
	quantity INTEGER NOT NULL, 
	CONSTRAINT pk_order_items PRIMARY KEY (id), 
	CONSTRAINT fk_order_items_order_id FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE, 
	CONSTRAINT fk_order_items_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "order_items" VALUES(1,1,1,'1011','Road bike Peloton Start',39900.0,1);
INSERT INTO "order_items" VALUES(1,2,1,'1094','Кроссовки для бега Stride Winter',2990.0,1);
INSERT INTO "order_items" VALUES(1,3,2,'1042','Детский велосипед Sprout Balance 12',2490.0,2);
CREATE TABLE orders (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	number VARCHAR(255) NOT NULL, 
	customer_id INTEGER, 
	at DATETIME NOT NULL, 
	status VARCHAR(255), 
	status_changed DATETIME, 
	channel VARCHAR(255), 
	is_offline BOOLEAN NOT NULL, 
	total DOUBLE, 
	cash DOUBLE, 
	bonuses DOUBLE, 
	delivery DOUBLE, 
	discount DOUBLE, 
	promocode VARCHAR(255), 
	location VARCHAR(255), 
	delivery_type VARCHAR(255), 
	delivery_address VARCHAR(1000), 
	delivery_date DATE, 
	delivery_time VARCHAR(32), 
	payment_type VARCHAR(255), 
	CONSTRAINT pk_orders PRIMARY KEY (id), 
	CONSTRAINT fk_orders_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE SET NULL, 
	CONSTRAINT fk_orders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_orders_shop_id_number UNIQUE (shop_id, number)
);
INSERT INTO "orders" VALUES(1,1,'BK-20011',1,'2025-09-27 12:00:00.000000','delivered','2025-09-27 12:00:00.000000','website',0,42890.0,42890.0,0.0,0.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,'card');
INSERT INTO "orders" VALUES(1,2,'BK-20388',1,'2026-07-04 12:00:00.000000','delivered','2026-07-04 12:00:00.000000','website',0,5081.0,4781.0,300.0,350.0,249.0,'JULY10',NULL,NULL,NULL,NULL,NULL,'card');
INSERT INTO "orders" VALUES(1,3,'BK-20977',1,'2026-10-29 12:00:00.000000','in transit','2026-10-29 12:00:00.000000','website',0,1308.0,1308.0,0.0,350.0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,'card');
CREATE TABLE product_collections (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	number VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	items JSON NOT NULL, 
	CONSTRAINT pk_product_collections PRIMARY KEY (id), 
	CONSTRAINT fk_product_collections_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_product_collections_shop_id_number UNIQUE (shop_id, number)
);
INSERT INTO "product_collections" VALUES(1,1,'6','For the first warm days','["37","187","3323","100500","ABCDEF","PRODUCT123","ITEM-ID-1","ITEM-ID-2"]');
INSERT INTO "product_collections" VALUES(1,2,'7','Small presents','["6335","133","ID1","ID2","145","4","1001","1002"]');
CREATE TABLE products (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	item_id VARCHAR(255) NOT NULL, 
	name TEXT NOT NULL, 
	url TEXT NOT NULL, 
	picture VARCHAR(500) NOT NULL, 
	price DOUBLE NOT NULL, 
	oldprice DOUBLE, 
	discount_percent INTEGER, 
	currency VARCHAR(16), 
	brand VARCHAR(255), 
	barcode VARCHAR(255), 
	group_id VARCHAR(255), 
	is_available BOOLEAN NOT NULL, 
	is_ignored BOOLEAN NOT NULL, 
	is_reduced BOOLEAN NOT NULL, 
	categories JSON NOT NULL, 
	locations JSON, 
	text TEXT NOT NULL, 
	listed INTEGER, 
	changed DATETIME NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT fk_products_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_products_shop_id_item_id UNIQUE (shop_id, item_id)
);
INSERT INTO "products" VALUES(1,1,'37','Bicycle bell Ding','https://shop.example.com/products/37','https://shop.example.com/pictures/37.jpg',318.0,NULL,NULL,NULL,'Lumen','4600000013111',NULL,1,0,0,'["304"]','null','{"id":"37","name":"Bicycle bell Ding","price":318,"url":"https://shop.example.com/products/37","picture":"https://shop.example.com/pictures/37.jpg","categories":["304"],"available":true,"ignored":false,"barcode":"4600000013111","description":"Bicycle bell Ding: checked by our mechanics, delivered within two days.","stock_quantity":39,"rating":3,"params":[{"name":"color","value":["orange"]},{"name":"warranty","value":[24],"unit":"months","searchable":false}],"brand":"Lumen","brand_picture":"https://shop.example.com/brands/lumen.svg"}',NULL,'2026-11-01 12:00:00.000000');
INSERT INTO "products" VALUES(1,2,'187','Wheel set Ridgeline 29','https://shop.example.com/products/187','https://shop.example.com/pictures/187.jpg',5000.0,NULL,NULL,NULL,'Ridgeline','4600003225655',NULL,1,0,0,'["304"]','[{"location":"msk"},{"location":"spb","price":4750.0}]','{"id":"187","name":"Wheel set Ridgeline 29","price":5000,"url":"https://shop.example.com/products/187","picture":"https://shop.example.com/pictures/187.jpg","categories":["304"],"available":true,"ignored":false,"barcode":"4600003225655","description":"Wheel set Ridgeline 29: checked by our mechanics, delivered within two days.","stock_quantity":54,"rating":5,"params":[{"name":"color","value":["orange"]},{"name":"warranty","value":[24],"unit":"months","searchable":false}],"brand":"Ridgeline","brand_picture":"https://shop.example.com/brands/ridgeline.svg","locations":[{"location":"msk"},{"location":"spb","price":4750}]}',NULL,'2026-11-01 12:00:00.000000');
INSERT INTO "products" VALUES(1,3,'3323','Inner tube 28','https://shop.example.com/products/3323','https://shop.example.com/pictures/3323.jpg',160.0,190.0,15,NULL,'Ridgeline','4600858993203',NULL,1,0,1,'["304","BFRIDAY_CATEGORY_ID"]','null','{"id":"3323","name":"Inner tube 28","price":160,"url":"https://shop.example.com/products/3323","picture":"https://shop.example.com/pictures/3323.jpg","categories":["304","BFRIDAY_CATEGORY_ID"],"available":true,"ignored":false,"barcode":"4600858993203","description":"Inner tube 28: checked by our mechanics, delivered within two days.","stock_quantity":29,"rating":5,"params":[{"name":"color","value":["red"]},{"name":"warranty","value":[6],"unit":"months","searchable":false}],"oldprice":190,"brand":"Ridgeline","brand_picture":"https://shop.example.com/brands/ridgeline.svg"}',NULL,'2026-11-01 12:00:00.000000');
CREATE TABLE promo_codes (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	promo_list_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	fetched DATETIME, 
	did VARCHAR(255), 
	seance VARCHAR(255), 
	email VARCHAR(254), 
	CONSTRAINT pk_promo_codes PRIMARY KEY (id), 
	CONSTRAINT fk_promo_codes_promo_list_id FOREIGN KEY(promo_list_id) REFERENCES promo_lists (id) ON DELETE CASCADE, 
	CONSTRAINT fk_promo_codes_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_promo_codes_promo_list_id_code UNIQUE (promo_list_id, code), 
	CONSTRAINT uq_promo_codes_promo_list_id_place UNIQUE (promo_list_id, place)
);
INSERT INTO "promo_codes" VALUES(1,1,1,0,'CART-E3CQKC00','2026-11-01 05:50:00.000000','device-0',NULL,NULL);
INSERT INTO "promo_codes" VALUES(1,2,1,1,'CART-BEWDBJ10','2026-11-01 06:27:00.000000','device-1',NULL,NULL);
INSERT INTO "promo_codes" VALUES(1,3,1,2,'CART-UXF38Z20','2026-11-01 07:04:00.000000','device-2',NULL,NULL);
CREATE TABLE promo_lists (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	number VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	uploaded INTEGER NOT NULL, 
	handed_out INTEGER NOT NULL, 
	is_sticky BOOLEAN NOT NULL, 
	CONSTRAINT pk_promo_lists PRIMARY KEY (id), 
	CONSTRAINT fk_promo_lists_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_promo_lists_shop_id_number UNIQUE (shop_id, number)
);
INSERT INTO "promo_lists" VALUES(1,1,'3184','Abandoned cart trigger discount codes',40,10,0);
INSERT INTO "promo_lists" VALUES(1,2,'3185','Welcome 10 %',20,5,0);
INSERT INTO "promo_lists" VALUES(1,3,'3186','День рождения',12,0,0);
CREATE TABLE push_tokens (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	device_id INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	platform VARCHAR(32) NOT NULL, 
	token VARCHAR(1024) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_push_tokens PRIMARY KEY (id), 
	CONSTRAINT fk_push_tokens_device_id FOREIGN KEY(device_id) REFERENCES devices (id) ON DELETE CASCADE, 
	CONSTRAINT fk_push_tokens_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_push_tokens_shop_id_token UNIQUE (shop_id, token)
);
INSERT INTO "push_tokens" VALUES(1,1,1,'web','chrome','web-token-anna','2023-01-01 12:00:00.000000');
INSERT INTO "push_tokens" VALUES(1,2,1,'mobile','ios','ios-token-anna','2023-01-01 12:00:00.000000');
INSERT INTO "push_tokens" VALUES(1,3,3,'mobile','android','android-token-vera','2025-01-30 12:00:00.000000');
CREATE TABLE recommendations (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	rule VARCHAR(16) NOT NULL, 
	about VARCHAR(255) NOT NULL, 
	items JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_recommendations PRIMARY KEY (id), 
	CONSTRAINT fk_recommendations_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_recommendations_shop_id_rule_about UNIQUE (shop_id, rule, about)
);
INSERT INTO "recommendations" VALUES(1,1,'popular','','["1088","1106","1132","1146","3323","37","1163","1063","1124","1125","1160","1014","1015","1023","1033","1035","1037","1042","1047","1054","1055","1075","1079","1093","1094","1108","1116","1130","1131","1140","1154","1167","1175","187","ITEM-ID-1","1165","145","1122","ID2","1051","1057","1058","1060","1065","1067","1103","1105","1119","1120","1126","1159","1162","4","1001","1002","1003","1004","1005","100500","1006","1007","1008","1009","1010","1011","1012","1016","1017","1018","1019","1020","1021","1022","1024","1025","1026","1027","1028","1029","1030","1031","1032","1034","1036","1038","1039","1040","1041","1043","1045","1046","1048","1049","1050","1052","1053","1056","1059","1061","1062","1064","1066","1068","1069","1070","1071","1072","1073","1074","1076","1078","1080","1081","1082","1083","1084","1085","1086","1087","1089","1090","1091","1092","1095","1096","1097","1098","1099","1100","1102","1104","1107","1109","1110","1111","1112","1113","1114","1115","1117","1118","1121","1123","1127","1128","1129","1133","1134","1135","1136","1137","1139","1141","1142","1143","1144","1145","1147","1148","1149","1151","1152","1153","1155","1156","1157","1158","1161","1164","1166","1168","1169","1170","1171","1172","1173","1174","133","6335","ABCDEF","ID1","ITEM-ID-2","PRODUCT123"]','2026-11-27 17:25:56.134812');
INSERT INTO "recommendations" VALUES(1,2,'popular','3','["1132","1146","3323","37","1163","1124","1125","1160","1116","1130","1131","1140","1154","1167","1175","187","ITEM-ID-1","1165","1122","ID2","1119","1120","1126","1159","1162","1115","1117","1118","1121","1123","1127","1128","1129","1133","1134","1135","1136","1137","1139","1141","1142","1143","1144","1145","1147","1148","1149","1151","1152","1153","1155","1156","1157","1158","1161","1164","1166","1168","1169","1170","1171","1172","1173","1174","ABCDEF","ITEM-ID-2","PRODUCT123"]','2026-11-27 17:25:56.134812');
INSERT INTO "recommendations" VALUES(1,3,'popular','304','["3323","37","1154","187","ITEM-ID-1","1147","1148","1149","1151","1152","1153","1155","1156","ABCDEF","ITEM-ID-2"]','2026-11-27 17:25:56.134812');
CREATE TABLE recommenders (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	rule VARCHAR(16) NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	size INTEGER NOT NULL, 
	CONSTRAINT pk_recommenders PRIMARY KEY (id), 
	CONSTRAINT fk_recommenders_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_recommenders_shop_id_code UNIQUE (shop_id, code)
);
INSERT INTO "recommenders" VALUES(1,1,'popular','popular','Popular now',10);
INSERT INTO "recommenders" VALUES(1,2,'similar','similar','Similar products',10);
INSERT INTO "recommenders" VALUES(1,3,'also_bought','also_bought','Bought together',10);
CREATE TABLE segments (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	rule JSON NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_segments PRIMARY KEY (id), 
	CONSTRAINT fk_segments_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_segments_shop_id_number UNIQUE (shop_id, number)
);
INSERT INTO "segments" VALUES(1,1,123,'Uploaded by hand','static','[]','2026-11-01 12:00:00.000000');
INSERT INTO "segments" VALUES(1,2,313,'Spring sale','static','[]','2026-11-01 12:00:00.000000');
INSERT INTO "segments" VALUES(1,3,314,'Bought something','dynamic','[{"field":"bought_something","is":true}]','2026-11-01 12:00:00.000000');
INSERT INTO "segments" VALUES(1,4,315,'VIP','static','[]','2026-11-01 12:00:00.000000');
CREATE TABLE shops (
	id INTEGER NOT NULL, 
	shop_id VARCHAR(64) NOT NULL, 
	secret VARCHAR(128) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	currency VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_shops PRIMARY KEY (id), 
	CONSTRAINT uq_shops_shop_id UNIQUE (shop_id)
);
INSERT INTO "shops" VALUES(1,'demo','demo-secret','Spoke and Sole','RUB');
INSERT INTO "shops" VALUES(2,'second','second-secret','Second shop','RUB');
CREATE TABLE short_links (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	domain VARCHAR(253) NOT NULL, 
	code VARCHAR(255) NOT NULL, 
	url TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	CONSTRAINT pk_short_links PRIMARY KEY (id), 
	CONSTRAINT fk_short_links_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_short_links_domain_code UNIQUE (domain, code)
);
INSERT INTO "short_links" VALUES(1,1,'','x27FyAlR','https://example.com/page/1','2026-11-27 17:25:56.143116','2027-02-25 17:25:56.143103');
INSERT INTO "short_links" VALUES(1,2,'','a','https://example.com/page/2','2026-11-27 17:25:56.143126','2027-02-25 17:25:56.143103');
CREATE TABLE subscription_changes (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	contact_type VARCHAR(16) NOT NULL, 
	contact VARCHAR(255) NOT NULL, 
	campaign_type VARCHAR(16) NOT NULL, 
	event VARCHAR(16) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	ip VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_subscription_changes PRIMARY KEY (id), 
	CONSTRAINT fk_subscription_changes_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "subscription_changes" VALUES(1,1,'2025-12-23 21:58:29.000000','email','wolfeschlegelsteinhausenbergerdorff.hubert@a-domain-name-that-never-seems-to-end.example.com','bulk','subscribe','popup','198.51.100.244');
INSERT INTO "subscription_changes" VALUES(1,2,'2025-12-23 21:58:29.000000','email','wolfeschlegelsteinhausenbergerdorff.hubert@a-domain-name-that-never-seems-to-end.example.com','chain','subscribe','popup','198.51.100.244');
INSERT INTO "subscription_changes" VALUES(1,3,'2025-12-23 21:58:29.000000','email','wolfeschlegelsteinhausenbergerdorff.hubert@a-domain-name-that-never-seems-to-end.example.com','transactional','subscribe','popup','198.51.100.244');
CREATE TABLE templates (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	parts JSON NOT NULL, 
	CONSTRAINT pk_templates PRIMARY KEY (id), 
	CONSTRAINT fk_templates_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE, 
	CONSTRAINT fk_templates_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_templates_campaign_id_channel_language UNIQUE (campaign_id, channel, language)
);
INSERT INTO "templates" VALUES(1,1,1,'sms','en','{"text":"Order {{ order.number }} is ready at {{ order.place | default: ''our shop'' }} until {{ order.until }}. {{ url }}"}');
INSERT INTO "templates" VALUES(1,2,1,'sms','ru','{"text":"Заказ {{ order.number }} ждёт вас: {{ order.place | default: ''наш магазин'' }}, до {{ order.until }}. {{ url }}"}');
INSERT INTO "templates" VALUES(1,3,2,'sms','en','{"text":"{{ code }} is your code. Tell nobody."}');
CREATE TABLE triggers (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	item_id VARCHAR(255) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	price DOUBLE, 
	properties JSON NOT NULL, 
	at DATETIME NOT NULL, 
	due DATETIME, 
	CONSTRAINT pk_triggers PRIMARY KEY (id), 
	CONSTRAINT fk_triggers_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_triggers_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id)
);
INSERT INTO "triggers" VALUES(1,1,'stock','1101',1,NULL,'{}','2026-10-07 18:35:56.000000',NULL);
INSERT INTO "triggers" VALUES(1,2,'price','1102',1,2390.0,'{}','2026-10-07 18:35:56.000000',NULL);
CREATE TABLE visits (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	seance VARCHAR(255) NOT NULL, 
	device_id INTEGER NOT NULL, 
	started DATETIME NOT NULL, 
	stream VARCHAR(16), 
	referrer VARCHAR(2000), 
	tz VARCHAR(8), 
	CONSTRAINT pk_visits PRIMARY KEY (id), 
	CONSTRAINT fk_visits_device_id FOREIGN KEY(device_id) REFERENCES devices (id) ON DELETE CASCADE, 
	CONSTRAINT fk_visits_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_visits_shop_id_seance UNIQUE (shop_id, seance)
);
INSERT INTO "visits" VALUES(1,1,'example 1',1,'2026-11-20 09:00:00.000000','example 1','example 1','example ');
INSERT INTO "visits" VALUES(2,2,'example 2',2,'2026-11-20 09:00:00.000000','example 2','example 2','example ');
CREATE TABLE webhooks (
	shop_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	url VARCHAR(2000) NOT NULL, 
	host VARCHAR(300) NOT NULL, 
	body TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	attempts INTEGER NOT NULL, 
	due DATETIME NOT NULL, 
	created DATETIME NOT NULL, 
	last_words VARCHAR(200), 
	CONSTRAINT pk_webhooks PRIMARY KEY (id), 
	CONSTRAINT fk_webhooks_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_webhooks_shop_id FOREIGN KEY(shop_id) REFERENCES shops (id), 
	CONSTRAINT uq_webhooks_job_id UNIQUE (job_id)
);
INSERT INTO "webhooks" VALUES(1,1,1,'example 1','example 1','example 1','example ',1,'2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','example 1');
INSERT INTO "webhooks" VALUES(2,2,2,'example 2','example 2','example 2','example ',2,'2026-11-20 09:00:00.000000','2026-11-20 09:00:00.000000','example 2');
CREATE INDEX ix_categories_shop_id_listed_id ON categories (shop_id, listed, id);
CREATE INDEX ix_customers_shop_id_birthday ON customers (shop_id, birthday);
CREATE INDEX ix_import_calls_shop_id_at ON import_calls (shop_id, at);
CREATE INDEX ix_jobs_shop_id_id ON jobs (shop_id, id);
CREATE INDEX ix_jobs_spool ON jobs (spool);
CREATE INDEX ix_jobs_state_shop_id_id ON jobs (state, shop_id, id);
CREATE INDEX ix_locations_shop_id_listed_id ON locations (shop_id, listed, id);
CREATE INDEX ix_missed_queries_day ON missed_queries (day);
CREATE INDEX ix_products_shop_id_changed_id ON products (shop_id, changed, id);
CREATE INDEX ix_products_shop_id_is_available_is_reduced ON products (shop_id, is_available, is_reduced);
CREATE INDEX ix_short_links_expires ON short_links (expires);
CREATE INDEX ix_subscription_changes_shop_id_at_id ON subscription_changes (shop_id, at, id);
CREATE INDEX ix_subscription_changes_shop_id_channel_at_id ON subscription_changes (shop_id, channel, at, id);
CREATE INDEX ix_subscription_changes_shop_id_contact_at_id ON subscription_changes (shop_id, contact, at, id);
CREATE INDEX ix_subscription_changes_shop_id_event_at_id ON subscription_changes (shop_id, event, at, id);
CREATE INDEX ix_basket_items_customer_id_basket_id ON basket_items (customer_id, basket, id);
CREATE INDEX ix_bonus_statements_customer_id_id ON bonus_statements (customer_id, id);
CREATE INDEX ix_chats_customer_id_at ON chats (customer_id, at);
CREATE INDEX ix_communications_customer_id_at_id ON communications (customer_id, at, id);
CREATE INDEX ix_devices_customer_id ON devices (customer_id);
CREATE INDEX ix_events_customer_id_kind_at ON events (customer_id, kind, at);
CREATE INDEX ix_events_shop_id_item_id_kind_at ON events (shop_id, item_id, kind, at);
CREATE INDEX ix_events_shop_id_kind_at_id ON events (shop_id, kind, at, id);
CREATE INDEX ix_identities_customer_id ON identities (customer_id);
CREATE INDEX ix_job_parts_job_id_first ON job_parts (job_id, first);
CREATE INDEX ix_job_remarks_job_id_id ON job_remarks (job_id, id);
CREATE INDEX ix_members_customer_id ON members (customer_id);
CREATE INDEX ix_messages_campaign_id ON messages (campaign_id);
CREATE INDEX ix_messages_customer_id_id ON messages (customer_id, id);
CREATE INDEX ix_messages_shop_id_id ON messages (shop_id, id);
CREATE INDEX ix_messages_shop_id_recipient_id ON messages (shop_id, recipient, id);
CREATE INDEX ix_nps_reviews_shop_id_at_id ON nps_reviews (shop_id, at, id);
CREATE INDEX ix_orders_customer_id_at_id ON orders (customer_id, at, id);
CREATE INDEX ix_promo_codes_promo_list_id_did ON promo_codes (promo_list_id, did);
CREATE INDEX ix_triggers_customer_id ON triggers (customer_id);
CREATE INDEX ix_triggers_due_id ON triggers (due, id);
CREATE INDEX ix_triggers_shop_id_kind_item_id ON triggers (shop_id, kind, item_id);
CREATE INDEX ix_webhooks_shop_id_id ON webhooks (shop_id, id);
CREATE INDEX ix_webhooks_state_due ON webhooks (state, due);
CREATE INDEX ix_order_items_order_id ON order_items (order_id);
CREATE INDEX ix_push_tokens_device_id ON push_tokens (device_id);
CREATE INDEX ix_visits_device_id_started ON visits (device_id, started);
COMMIT;
