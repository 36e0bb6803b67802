BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO django_migrations VALUES(1,'contenttypes','0001_initial','2026-12-01 05:55:31.953935');
INSERT INTO django_migrations VALUES(2,'auth','0001_initial','2026-12-01 05:55:31.993178');
INSERT INTO django_migrations VALUES(3,'admin','0001_initial','2026-12-01 05:55:32.017296');
INSERT INTO django_migrations VALUES(4,'admin','0002_logentry_remove_auto_add','2026-12-01 05:55:32.037780');
INSERT INTO django_migrations VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-12-01 05:55:32.047279');
INSERT INTO django_migrations VALUES(6,'otp_totp','0001_initial','2026-12-01 05:55:32.073260');
INSERT INTO django_migrations VALUES(7,'otp_totp','0002_auto_20190420_0723','2026-12-01 05:55:32.124988');
INSERT INTO django_migrations VALUES(8,'otp_totp','0003_add_timestamps','2026-12-01 05:55:32.161603');
INSERT INTO django_migrations VALUES(9,'otp_static','0001_initial','2026-12-01 05:55:32.203365');
INSERT INTO django_migrations VALUES(10,'otp_static','0002_throttling','2026-12-01 05:55:32.264594');
INSERT INTO django_migrations VALUES(11,'otp_static','0003_add_timestamps','2026-12-01 05:55:32.365336');
INSERT INTO django_migrations VALUES(12,'axes','0001_initial','2026-12-01 05:55:32.379409');
INSERT INTO django_migrations VALUES(13,'axes','0002_auto_20151217_2044','2026-12-01 05:55:32.480952');
INSERT INTO django_migrations VALUES(14,'axes','0003_auto_20160322_0929','2026-12-01 05:55:32.520102');
INSERT INTO django_migrations VALUES(15,'axes','0004_auto_20181024_1538','2026-12-01 05:55:32.562104');
INSERT INTO django_migrations VALUES(16,'axes','0005_remove_accessattempt_trusted','2026-12-01 05:55:32.575198');
INSERT INTO django_migrations VALUES(17,'axes','0006_remove_accesslog_trusted','2026-12-01 05:55:32.588228');
INSERT INTO django_migrations VALUES(18,'axes','0007_alter_accessattempt_unique_together','2026-12-01 05:55:32.637376');
INSERT INTO django_migrations VALUES(19,'axes','0008_accessfailurelog','2026-12-01 05:55:32.657100');
INSERT INTO django_migrations VALUES(20,'axes','0009_add_session_hash','2026-12-01 05:55:32.675428');
INSERT INTO django_migrations VALUES(21,'axes','0010_accessattemptexpiration','2026-12-01 05:55:32.690085');
INSERT INTO django_migrations VALUES(22,'contenttypes','0002_remove_content_type_name','2026-12-01 05:55:32.757031');
INSERT INTO django_migrations VALUES(23,'auth','0002_alter_permission_name_max_length','2026-12-01 05:55:32.796943');
INSERT INTO django_migrations VALUES(24,'auth','0003_alter_user_email_max_length','2026-12-01 05:55:32.831666');
INSERT INTO django_migrations VALUES(25,'auth','0004_alter_user_username_opts','2026-12-01 05:55:32.872015');
INSERT INTO django_migrations VALUES(26,'auth','0005_alter_user_last_login_null','2026-12-01 05:55:32.916935');
INSERT INTO django_migrations VALUES(27,'auth','0006_require_contenttypes_0002','2026-12-01 05:55:32.925485');
INSERT INTO django_migrations VALUES(28,'auth','0007_alter_validators_add_error_messages','2026-12-01 05:55:32.954394');
INSERT INTO django_migrations VALUES(29,'auth','0008_alter_user_username_max_length','2026-12-01 05:55:32.992060');
INSERT INTO django_migrations VALUES(30,'auth','0009_alter_user_last_name_max_length','2026-12-01 05:55:33.060536');
INSERT INTO django_migrations VALUES(31,'auth','0010_alter_group_name_max_length','2026-12-01 05:55:33.092348');
INSERT INTO django_migrations VALUES(32,'auth','0011_update_proxy_permissions','2026-12-01 05:55:33.126096');
INSERT INTO django_migrations VALUES(33,'auth','0012_alter_user_first_name_max_length','2026-12-01 05:55:33.163384');
INSERT INTO django_migrations VALUES(34,'articles','0001_initial','2026-12-01 05:55:33.738359');
INSERT INTO django_migrations VALUES(35,'articles','0002_seed','2026-12-01 05:55:33.944855');
INSERT INTO django_migrations VALUES(36,'sessions','0001_initial','2026-12-01 05:55:33.960966');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO auth_group_permissions VALUES(1,1,256);
INSERT INTO auth_group_permissions VALUES(2,1,129);
INSERT INTO auth_group_permissions VALUES(3,1,133);
INSERT INTO auth_group_permissions VALUES(4,1,20);
INSERT INTO auth_group_permissions VALUES(5,1,24);
INSERT INTO auth_group_permissions VALUES(6,1,28);
INSERT INTO auth_group_permissions VALUES(7,1,29);
INSERT INTO auth_group_permissions VALUES(8,1,30);
INSERT INTO auth_group_permissions VALUES(9,1,32);
INSERT INTO auth_group_permissions VALUES(10,1,33);
INSERT INTO auth_group_permissions VALUES(11,1,34);
INSERT INTO auth_group_permissions VALUES(12,1,36);
INSERT INTO auth_group_permissions VALUES(13,1,37);
INSERT INTO auth_group_permissions VALUES(14,1,40);
INSERT INTO auth_group_permissions VALUES(15,1,41);
INSERT INTO auth_group_permissions VALUES(16,1,42);
INSERT INTO auth_group_permissions VALUES(17,1,43);
INSERT INTO auth_group_permissions VALUES(18,1,44);
INSERT INTO auth_group_permissions VALUES(19,1,45);
INSERT INTO auth_group_permissions VALUES(20,1,47);
INSERT INTO auth_group_permissions VALUES(21,1,175);
INSERT INTO auth_group_permissions VALUES(22,1,48);
INSERT INTO auth_group_permissions VALUES(23,1,49);
INSERT INTO auth_group_permissions VALUES(24,1,51);
INSERT INTO auth_group_permissions VALUES(25,1,50);
INSERT INTO auth_group_permissions VALUES(26,1,55);
INSERT INTO auth_group_permissions VALUES(27,1,184);
INSERT INTO auth_group_permissions VALUES(28,1,59);
INSERT INTO auth_group_permissions VALUES(29,1,187);
INSERT INTO auth_group_permissions VALUES(30,1,63);
INSERT INTO auth_group_permissions VALUES(31,1,236);
INSERT INTO auth_group_permissions VALUES(32,1,109);
INSERT INTO auth_group_permissions VALUES(33,1,244);
INSERT INTO auth_group_permissions VALUES(34,1,117);
INSERT INTO auth_group_permissions VALUES(35,1,248);
INSERT INTO auth_group_permissions VALUES(36,1,121);
INSERT INTO auth_group_permissions VALUES(37,1,122);
INSERT INTO auth_group_permissions VALUES(38,1,123);
INSERT INTO auth_group_permissions VALUES(39,1,252);
INSERT INTO auth_group_permissions VALUES(40,1,125);
INSERT INTO auth_group_permissions VALUES(41,2,256);
INSERT INTO auth_group_permissions VALUES(42,2,129);
INSERT INTO auth_group_permissions VALUES(43,2,133);
INSERT INTO auth_group_permissions VALUES(44,2,20);
INSERT INTO auth_group_permissions VALUES(45,2,24);
INSERT INTO auth_group_permissions VALUES(46,2,28);
INSERT INTO auth_group_permissions VALUES(47,2,32);
INSERT INTO auth_group_permissions VALUES(48,2,36);
INSERT INTO auth_group_permissions VALUES(49,2,38);
INSERT INTO auth_group_permissions VALUES(50,2,43);
INSERT INTO auth_group_permissions VALUES(51,2,47);
INSERT INTO auth_group_permissions VALUES(52,2,175);
INSERT INTO auth_group_permissions VALUES(53,2,51);
INSERT INTO auth_group_permissions VALUES(54,2,55);
INSERT INTO auth_group_permissions VALUES(55,2,59);
INSERT INTO auth_group_permissions VALUES(56,2,187);
INSERT INTO auth_group_permissions VALUES(57,2,63);
INSERT INTO auth_group_permissions VALUES(58,2,249);
INSERT INTO auth_group_permissions VALUES(59,2,236);
INSERT INTO auth_group_permissions VALUES(60,2,109);
INSERT INTO auth_group_permissions VALUES(61,2,244);
INSERT INTO auth_group_permissions VALUES(62,2,117);
INSERT INTO auth_group_permissions VALUES(63,2,248);
INSERT INTO auth_group_permissions VALUES(64,2,121);
INSERT INTO auth_group_permissions VALUES(65,2,250);
INSERT INTO auth_group_permissions VALUES(66,2,251);
INSERT INTO auth_group_permissions VALUES(67,2,252);
INSERT INTO auth_group_permissions VALUES(68,2,125);
INSERT INTO auth_group_permissions VALUES(69,3,256);
INSERT INTO auth_group_permissions VALUES(70,3,129);
INSERT INTO auth_group_permissions VALUES(71,3,257);
INSERT INTO auth_group_permissions VALUES(72,3,133);
INSERT INTO auth_group_permissions VALUES(73,3,18);
INSERT INTO auth_group_permissions VALUES(74,3,20);
INSERT INTO auth_group_permissions VALUES(75,3,21);
INSERT INTO auth_group_permissions VALUES(76,3,22);
INSERT INTO auth_group_permissions VALUES(77,3,24);
INSERT INTO auth_group_permissions VALUES(78,3,25);
INSERT INTO auth_group_permissions VALUES(79,3,26);
INSERT INTO auth_group_permissions VALUES(80,3,28);
INSERT INTO auth_group_permissions VALUES(81,3,29);
INSERT INTO auth_group_permissions VALUES(82,3,30);
INSERT INTO auth_group_permissions VALUES(83,3,32);
INSERT INTO auth_group_permissions VALUES(84,3,33);
INSERT INTO auth_group_permissions VALUES(85,3,34);
INSERT INTO auth_group_permissions VALUES(86,3,162);
INSERT INTO auth_group_permissions VALUES(87,3,36);
INSERT INTO auth_group_permissions VALUES(88,3,37);
INSERT INTO auth_group_permissions VALUES(89,3,39);
INSERT INTO auth_group_permissions VALUES(90,3,40);
INSERT INTO auth_group_permissions VALUES(91,3,41);
INSERT INTO auth_group_permissions VALUES(92,3,42);
INSERT INTO auth_group_permissions VALUES(93,3,43);
INSERT INTO auth_group_permissions VALUES(94,3,44);
INSERT INTO auth_group_permissions VALUES(95,3,45);
INSERT INTO auth_group_permissions VALUES(96,3,46);
INSERT INTO auth_group_permissions VALUES(97,3,47);
INSERT INTO auth_group_permissions VALUES(98,3,175);
INSERT INTO auth_group_permissions VALUES(99,3,48);
INSERT INTO auth_group_permissions VALUES(100,3,49);
INSERT INTO auth_group_permissions VALUES(101,3,51);
INSERT INTO auth_group_permissions VALUES(102,3,50);
INSERT INTO auth_group_permissions VALUES(103,3,55);
INSERT INTO auth_group_permissions VALUES(104,3,184);
INSERT INTO auth_group_permissions VALUES(105,3,59);
INSERT INTO auth_group_permissions VALUES(106,3,187);
INSERT INTO auth_group_permissions VALUES(107,3,63);
INSERT INTO auth_group_permissions VALUES(108,3,167);
INSERT INTO auth_group_permissions VALUES(109,3,215);
INSERT INTO auth_group_permissions VALUES(110,3,249);
INSERT INTO auth_group_permissions VALUES(111,3,233);
INSERT INTO auth_group_permissions VALUES(112,3,234);
INSERT INTO auth_group_permissions VALUES(113,3,235);
INSERT INTO auth_group_permissions VALUES(114,3,236);
INSERT INTO auth_group_permissions VALUES(115,3,109);
INSERT INTO auth_group_permissions VALUES(116,3,250);
INSERT INTO auth_group_permissions VALUES(117,3,251);
INSERT INTO auth_group_permissions VALUES(118,3,244);
INSERT INTO auth_group_permissions VALUES(119,3,117);
INSERT INTO auth_group_permissions VALUES(120,3,118);
INSERT INTO auth_group_permissions VALUES(121,3,119);
INSERT INTO auth_group_permissions VALUES(122,3,248);
INSERT INTO auth_group_permissions VALUES(123,3,121);
INSERT INTO auth_group_permissions VALUES(124,3,122);
INSERT INTO auth_group_permissions VALUES(125,3,123);
INSERT INTO auth_group_permissions VALUES(126,3,252);
INSERT INTO auth_group_permissions VALUES(127,3,125);
INSERT INTO auth_group_permissions VALUES(128,3,126);
INSERT INTO auth_group_permissions VALUES(129,3,127);
INSERT INTO auth_group_permissions VALUES(130,4,32);
INSERT INTO auth_group_permissions VALUES(131,4,160);
INSERT INTO auth_group_permissions VALUES(132,4,162);
INSERT INTO auth_group_permissions VALUES(133,4,163);
INSERT INTO auth_group_permissions VALUES(134,4,36);
INSERT INTO auth_group_permissions VALUES(135,4,164);
INSERT INTO auth_group_permissions VALUES(136,4,165);
INSERT INTO auth_group_permissions VALUES(137,4,167);
INSERT INTO auth_group_permissions VALUES(138,4,166);
INSERT INTO auth_group_permissions VALUES(139,4,72);
INSERT INTO auth_group_permissions VALUES(140,4,236);
INSERT INTO auth_group_permissions VALUES(141,4,109);
INSERT INTO auth_group_permissions VALUES(142,4,47);
INSERT INTO auth_group_permissions VALUES(143,4,20);
INSERT INTO auth_group_permissions VALUES(144,4,215);
INSERT INTO auth_group_permissions VALUES(145,4,24);
INSERT INTO auth_group_permissions VALUES(146,4,121);
INSERT INTO auth_group_permissions VALUES(147,4,63);
INSERT INTO auth_group_permissions VALUES(148,5,256);
INSERT INTO auth_group_permissions VALUES(149,5,129);
INSERT INTO auth_group_permissions VALUES(150,5,255);
INSERT INTO auth_group_permissions VALUES(151,5,133);
INSERT INTO auth_group_permissions VALUES(152,5,142);
INSERT INTO auth_group_permissions VALUES(153,5,14);
INSERT INTO auth_group_permissions VALUES(154,5,16);
INSERT INTO auth_group_permissions VALUES(155,5,17);
INSERT INTO auth_group_permissions VALUES(156,5,18);
INSERT INTO auth_group_permissions VALUES(157,5,145);
INSERT INTO auth_group_permissions VALUES(158,5,20);
INSERT INTO auth_group_permissions VALUES(159,5,21);
INSERT INTO auth_group_permissions VALUES(160,5,22);
INSERT INTO auth_group_permissions VALUES(161,5,23);
INSERT INTO auth_group_permissions VALUES(162,5,24);
INSERT INTO auth_group_permissions VALUES(163,5,25);
INSERT INTO auth_group_permissions VALUES(164,5,26);
INSERT INTO auth_group_permissions VALUES(165,5,149);
INSERT INTO auth_group_permissions VALUES(166,5,28);
INSERT INTO auth_group_permissions VALUES(167,5,150);
INSERT INTO auth_group_permissions VALUES(168,5,32);
INSERT INTO auth_group_permissions VALUES(169,5,162);
INSERT INTO auth_group_permissions VALUES(170,5,36);
INSERT INTO auth_group_permissions VALUES(171,5,167);
INSERT INTO auth_group_permissions VALUES(172,5,43);
INSERT INTO auth_group_permissions VALUES(173,5,47);
INSERT INTO auth_group_permissions VALUES(174,5,175);
INSERT INTO auth_group_permissions VALUES(175,5,51);
INSERT INTO auth_group_permissions VALUES(176,5,179);
INSERT INTO auth_group_permissions VALUES(177,5,55);
INSERT INTO auth_group_permissions VALUES(178,5,59);
INSERT INTO auth_group_permissions VALUES(179,5,187);
INSERT INTO auth_group_permissions VALUES(180,5,63);
INSERT INTO auth_group_permissions VALUES(181,5,70);
INSERT INTO auth_group_permissions VALUES(182,5,199);
INSERT INTO auth_group_permissions VALUES(183,5,71);
INSERT INTO auth_group_permissions VALUES(184,5,72);
INSERT INTO auth_group_permissions VALUES(185,5,73);
INSERT INTO auth_group_permissions VALUES(186,5,15);
INSERT INTO auth_group_permissions VALUES(187,5,77);
INSERT INTO auth_group_permissions VALUES(188,5,215);
INSERT INTO auth_group_permissions VALUES(189,5,220);
INSERT INTO auth_group_permissions VALUES(190,5,233);
INSERT INTO auth_group_permissions VALUES(191,5,234);
INSERT INTO auth_group_permissions VALUES(192,5,235);
INSERT INTO auth_group_permissions VALUES(193,5,236);
INSERT INTO auth_group_permissions VALUES(194,5,109);
INSERT INTO auth_group_permissions VALUES(195,5,244);
INSERT INTO auth_group_permissions VALUES(196,5,117);
INSERT INTO auth_group_permissions VALUES(197,5,118);
INSERT INTO auth_group_permissions VALUES(198,5,119);
INSERT INTO auth_group_permissions VALUES(199,5,248);
INSERT INTO auth_group_permissions VALUES(200,5,121);
INSERT INTO auth_group_permissions VALUES(201,5,252);
INSERT INTO auth_group_permissions VALUES(202,5,125);
INSERT INTO auth_group_permissions VALUES(203,5,126);
INSERT INTO auth_group_permissions VALUES(204,5,127);
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO auth_user_groups VALUES(1,1,3);
INSERT INTO auth_user_groups VALUES(2,2,2);
INSERT INTO auth_user_groups VALUES(3,4,4);
INSERT INTO auth_user_groups VALUES(4,5,2);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "otp_totp_totpdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "key" varchar(80) NOT NULL, "step" smallint unsigned NOT NULL CHECK ("step" >= 0), "t0" bigint NOT NULL, "digits" smallint unsigned NOT NULL CHECK ("digits" >= 0), "tolerance" smallint unsigned NOT NULL CHECK ("tolerance" >= 0), "drift" smallint NOT NULL, "last_t" bigint NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "otp_static_statictoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(16) NOT NULL, "device_id" integer NOT NULL REFERENCES "otp_static_staticdevice" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "otp_static_staticdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO django_content_type VALUES(1,'contenttypes','contenttype');
INSERT INTO django_content_type VALUES(2,'auth','permission');
INSERT INTO django_content_type VALUES(3,'auth','group');
INSERT INTO django_content_type VALUES(4,'auth','user');
INSERT INTO django_content_type VALUES(5,'articles','section');
INSERT INTO django_content_type VALUES(6,'articles','topic');
INSERT INTO django_content_type VALUES(7,'articles','contributor');
INSERT INTO django_content_type VALUES(8,'articles','image');
INSERT INTO django_content_type VALUES(9,'articles','article');
INSERT INTO django_content_type VALUES(10,'articles','byline');
INSERT INTO django_content_type VALUES(11,'articles','imagecredit');
INSERT INTO django_content_type VALUES(12,'articles','reference');
INSERT INTO django_content_type VALUES(13,'articles','revision');
INSERT INTO django_content_type VALUES(14,'articles','review');
INSERT INTO django_content_type VALUES(15,'articles','edition');
INSERT INTO django_content_type VALUES(16,'articles','editionbyline');
INSERT INTO django_content_type VALUES(17,'articles','subscription');
INSERT INTO django_content_type VALUES(18,'articles','consentevent');
INSERT INTO django_content_type VALUES(19,'articles','subscriptiontoken');
INSERT INTO django_content_type VALUES(20,'articles','opening');
INSERT INTO django_content_type VALUES(21,'articles','comment');
INSERT INTO django_content_type VALUES(22,'articles','savedfilter');
INSERT INTO django_content_type VALUES(23,'articles','mutednotice');
INSERT INTO django_content_type VALUES(24,'articles','notice');
INSERT INTO django_content_type VALUES(25,'articles','reviewtask');
INSERT INTO django_content_type VALUES(26,'articles','correction');
INSERT INTO django_content_type VALUES(27,'articles','reachchoice');
INSERT INTO django_content_type VALUES(28,'articles','possiblerepeat');
INSERT INTO django_content_type VALUES(29,'articles','drug');
INSERT INTO django_content_type VALUES(30,'articles','drawing');
INSERT INTO django_content_type VALUES(31,'articles','procedure');
INSERT INTO django_content_type VALUES(32,'articles','label');
INSERT INTO django_content_type VALUES(33,'articles','reviewanswer');
INSERT INTO django_content_type VALUES(34,'articles','override');
INSERT INTO django_content_type VALUES(35,'articles','invitation');
INSERT INTO django_content_type VALUES(36,'articles','safeguardchange');
INSERT INTO django_content_type VALUES(37,'articles','settledaccount');
INSERT INTO django_content_type VALUES(38,'articles','linkhealth');
INSERT INTO django_content_type VALUES(39,'articles','issue');
INSERT INTO django_content_type VALUES(40,'articles','issueitem');
INSERT INTO django_content_type VALUES(41,'articles','unsavedissue');
INSERT INTO django_content_type VALUES(42,'articles','textchange');
INSERT INTO django_content_type VALUES(43,'articles','suppression');
INSERT INTO django_content_type VALUES(44,'articles','delivery');
INSERT INTO django_content_type VALUES(45,'articles','creditevidence');
INSERT INTO django_content_type VALUES(46,'articles','editionpicture');
INSERT INTO django_content_type VALUES(47,'articles','imageevent');
INSERT INTO django_content_type VALUES(48,'articles','bounceevent');
INSERT INTO django_content_type VALUES(49,'articles','inboxcount');
INSERT INTO django_content_type VALUES(50,'articles','networkcount');
INSERT INTO django_content_type VALUES(51,'articles','outgoingmail');
INSERT INTO django_content_type VALUES(52,'articles','alarm');
INSERT INTO django_content_type VALUES(53,'articles','restore');
INSERT INTO django_content_type VALUES(54,'articles','pace');
INSERT INTO django_content_type VALUES(55,'articles','publicstate');
INSERT INTO django_content_type VALUES(56,'articles','editiontopic');
INSERT INTO django_content_type VALUES(57,'articles','term');
INSERT INTO django_content_type VALUES(58,'articles','answertally');
INSERT INTO django_content_type VALUES(59,'articles','retractionnotice');
INSERT INTO django_content_type VALUES(60,'articles','acknowledgement');
INSERT INTO django_content_type VALUES(61,'articles','sourcenote');
INSERT INTO django_content_type VALUES(62,'articles','sentencereport');
INSERT INTO django_content_type VALUES(63,'articles','trace');
INSERT INTO django_content_type VALUES(64,'articles','tracekey');
INSERT INTO django_content_type VALUES(65,'articles','searchword');
INSERT INTO django_content_type VALUES(66,'articles','searchmiss');
INSERT INTO django_content_type VALUES(67,'articles','searchentry');
INSERT INTO django_content_type VALUES(68,'articles','dayofopens');
INSERT INTO django_content_type VALUES(69,'articles','hourofopens');
INSERT INTO django_content_type VALUES(70,'articles','pagetext');
INSERT INTO django_content_type VALUES(71,'articles','readnext');
INSERT INTO django_content_type VALUES(72,'articles','sharecard');
INSERT INTO django_content_type VALUES(73,'admin','logentry');
INSERT INTO django_content_type VALUES(74,'sessions','session');
INSERT INTO django_content_type VALUES(75,'otp_totp','totpdevice');
INSERT INTO django_content_type VALUES(76,'otp_static','staticdevice');
INSERT INTO django_content_type VALUES(77,'otp_static','statictoken');
INSERT INTO django_content_type VALUES(78,'axes','accessattempt');
INSERT INTO django_content_type VALUES(79,'axes','accesslog');
INSERT INTO django_content_type VALUES(80,'axes','accessfailurelog');
INSERT INTO django_content_type VALUES(81,'axes','accessattemptexpiration');
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO auth_permission VALUES(1,1,'add_contenttype','Can add content type');
INSERT INTO auth_permission VALUES(2,1,'change_contenttype','Can change content type');
INSERT INTO auth_permission VALUES(3,1,'delete_contenttype','Can delete content type');
INSERT INTO auth_permission VALUES(4,1,'view_contenttype','Can view content type');
INSERT INTO auth_permission VALUES(5,2,'add_permission','Can add permission');
INSERT INTO auth_permission VALUES(6,2,'change_permission','Can change permission');
INSERT INTO auth_permission VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO auth_permission VALUES(8,2,'view_permission','Can view permission');
INSERT INTO auth_permission VALUES(9,3,'add_group','Can add group');
INSERT INTO auth_permission VALUES(10,3,'change_group','Can change group');
INSERT INTO auth_permission VALUES(11,3,'delete_group','Can delete group');
INSERT INTO auth_permission VALUES(12,3,'view_group','Can view group');
INSERT INTO auth_permission VALUES(13,4,'add_user','Can add user');
INSERT INTO auth_permission VALUES(14,4,'change_user','Can change user');
INSERT INTO auth_permission VALUES(15,4,'delete_user','Can delete user');
INSERT INTO auth_permission VALUES(16,4,'view_user','Can view user');
INSERT INTO auth_permission VALUES(17,5,'add_section','Can add section');
INSERT INTO auth_permission VALUES(18,5,'change_section','Can change section');
INSERT INTO auth_permission VALUES(19,5,'delete_section','Can delete section');
INSERT INTO auth_permission VALUES(20,5,'view_section','Can view section');
INSERT INTO auth_permission VALUES(21,6,'add_topic','Can add topic');
INSERT INTO auth_permission VALUES(22,6,'change_topic','Can change topic');
INSERT INTO auth_permission VALUES(23,6,'delete_topic','Can delete topic');
INSERT INTO auth_permission VALUES(24,6,'view_topic','Can view topic');
INSERT INTO auth_permission VALUES(25,7,'add_contributor','Can add contributor');
INSERT INTO auth_permission VALUES(26,7,'change_contributor','Can change contributor');
INSERT INTO auth_permission VALUES(27,7,'delete_contributor','Can delete contributor');
INSERT INTO auth_permission VALUES(28,7,'view_contributor','Can view contributor');
INSERT INTO auth_permission VALUES(29,8,'add_image','Can add picture');
INSERT INTO auth_permission VALUES(30,8,'change_image','Can change picture');
INSERT INTO auth_permission VALUES(31,8,'delete_image','Can delete picture');
INSERT INTO auth_permission VALUES(32,8,'view_image','Can view picture');
INSERT INTO auth_permission VALUES(33,9,'add_article','Can add article');
INSERT INTO auth_permission VALUES(34,9,'change_article','Can change article');
INSERT INTO auth_permission VALUES(35,9,'delete_article','Can delete article');
INSERT INTO auth_permission VALUES(36,9,'view_article','Can view article');
INSERT INTO auth_permission VALUES(37,9,'submit_article','Can submit an article for review');
INSERT INTO auth_permission VALUES(38,9,'sign_off_article','Can sign off on an article as its medical reviewer');
INSERT INTO auth_permission VALUES(39,9,'publish_article','Can publish, schedule and unpublish an article');
INSERT INTO auth_permission VALUES(40,10,'add_byline','Can add author');
INSERT INTO auth_permission VALUES(41,10,'change_byline','Can change author');
INSERT INTO auth_permission VALUES(42,10,'delete_byline','Can delete author');
INSERT INTO auth_permission VALUES(43,10,'view_byline','Can view author');
INSERT INTO auth_permission VALUES(44,11,'add_imagecredit','Can add picture credit');
INSERT INTO auth_permission VALUES(45,11,'change_imagecredit','Can change picture credit');
INSERT INTO auth_permission VALUES(46,11,'delete_imagecredit','Can delete picture credit');
INSERT INTO auth_permission VALUES(47,11,'view_imagecredit','Can view picture credit');
INSERT INTO auth_permission VALUES(48,12,'add_reference','Can add reference');
INSERT INTO auth_permission VALUES(49,12,'change_reference','Can change reference');
INSERT INTO auth_permission VALUES(50,12,'delete_reference','Can delete reference');
INSERT INTO auth_permission VALUES(51,12,'view_reference','Can view reference');
INSERT INTO auth_permission VALUES(52,13,'add_revision','Can add revision');
INSERT INTO auth_permission VALUES(53,13,'change_revision','Can change revision');
INSERT INTO auth_permission VALUES(54,13,'delete_revision','Can delete revision');
INSERT INTO auth_permission VALUES(55,13,'view_revision','Can view revision');
INSERT INTO auth_permission VALUES(56,14,'add_review','Can add review');
INSERT INTO auth_permission VALUES(57,14,'change_review','Can change review');
INSERT INTO auth_permission VALUES(58,14,'delete_review','Can delete review');
INSERT INTO auth_permission VALUES(59,14,'view_review','Can view review');
INSERT INTO auth_permission VALUES(60,15,'add_edition','Can add published version');
INSERT INTO auth_permission VALUES(61,15,'change_edition','Can change published version');
INSERT INTO auth_permission VALUES(62,15,'delete_edition','Can delete published version');
INSERT INTO auth_permission VALUES(63,15,'view_edition','Can view published version');
INSERT INTO auth_permission VALUES(64,16,'add_editionbyline','Can add edition byline');
INSERT INTO auth_permission VALUES(65,16,'change_editionbyline','Can change edition byline');
INSERT INTO auth_permission VALUES(66,16,'delete_editionbyline','Can delete edition byline');
INSERT INTO auth_permission VALUES(67,16,'view_editionbyline','Can view edition byline');
INSERT INTO auth_permission VALUES(68,17,'add_subscription','Can add subscriber');
INSERT INTO auth_permission VALUES(69,17,'change_subscription','Can change subscriber');
INSERT INTO auth_permission VALUES(70,17,'delete_subscription','Can delete subscriber');
INSERT INTO auth_permission VALUES(71,17,'view_subscription','Can view subscriber');
INSERT INTO auth_permission VALUES(72,17,'count_subscription','Can see the number of subscribers, but no addresses');
INSERT INTO auth_permission VALUES(73,17,'export_subscription','Can import and export subscribers’ addresses');
INSERT INTO auth_permission VALUES(74,18,'add_consentevent','Can add consent event');
INSERT INTO auth_permission VALUES(75,18,'change_consentevent','Can change consent event');
INSERT INTO auth_permission VALUES(76,18,'delete_consentevent','Can delete consent event');
INSERT INTO auth_permission VALUES(77,18,'view_consentevent','Can view consent event');
INSERT INTO auth_permission VALUES(78,19,'add_subscriptiontoken','Can add subscription token');
INSERT INTO auth_permission VALUES(79,19,'change_subscriptiontoken','Can change subscription token');
INSERT INTO auth_permission VALUES(80,19,'delete_subscriptiontoken','Can delete subscription token');
INSERT INTO auth_permission VALUES(81,19,'view_subscriptiontoken','Can view subscription token');
INSERT INTO auth_permission VALUES(82,20,'add_opening','Can add opening');
INSERT INTO auth_permission VALUES(83,20,'change_opening','Can change opening');
INSERT INTO auth_permission VALUES(84,20,'delete_opening','Can delete opening');
INSERT INTO auth_permission VALUES(85,20,'view_opening','Can view opening');
INSERT INTO auth_permission VALUES(86,21,'add_comment','Can add comment');
INSERT INTO auth_permission VALUES(87,21,'change_comment','Can change comment');
INSERT INTO auth_permission VALUES(88,21,'delete_comment','Can delete comment');
INSERT INTO auth_permission VALUES(89,21,'view_comment','Can view comment');
INSERT INTO auth_permission VALUES(90,22,'add_savedfilter','Can add saved filter');
INSERT INTO auth_permission VALUES(91,22,'change_savedfilter','Can change saved filter');
INSERT INTO auth_permission VALUES(92,22,'delete_savedfilter','Can delete saved filter');
INSERT INTO auth_permission VALUES(93,22,'view_savedfilter','Can view saved filter');
INSERT INTO auth_permission VALUES(94,23,'add_mutednotice','Can add muted notice');
INSERT INTO auth_permission VALUES(95,23,'change_mutednotice','Can change muted notice');
INSERT INTO auth_permission VALUES(96,23,'delete_mutednotice','Can delete muted notice');
INSERT INTO auth_permission VALUES(97,23,'view_mutednotice','Can view muted notice');
INSERT INTO auth_permission VALUES(98,24,'add_notice','Can add notice');
INSERT INTO auth_permission VALUES(99,24,'change_notice','Can change notice');
INSERT INTO auth_permission VALUES(100,24,'delete_notice','Can delete notice');
INSERT INTO auth_permission VALUES(101,24,'view_notice','Can view notice');
INSERT INTO auth_permission VALUES(102,25,'add_reviewtask','Can add review task');
INSERT INTO auth_permission VALUES(103,25,'change_reviewtask','Can change review task');
INSERT INTO auth_permission VALUES(104,25,'delete_reviewtask','Can delete review task');
INSERT INTO auth_permission VALUES(105,25,'view_reviewtask','Can view review task');
INSERT INTO auth_permission VALUES(106,26,'add_correction','Can add correction');
INSERT INTO auth_permission VALUES(107,26,'change_correction','Can change correction');
INSERT INTO auth_permission VALUES(108,26,'delete_correction','Can delete correction');
INSERT INTO auth_permission VALUES(109,26,'view_correction','Can view correction');
INSERT INTO auth_permission VALUES(110,27,'add_reachchoice','Can add reach choice');
INSERT INTO auth_permission VALUES(111,27,'change_reachchoice','Can change reach choice');
INSERT INTO auth_permission VALUES(112,27,'delete_reachchoice','Can delete reach choice');
INSERT INTO auth_permission VALUES(113,27,'view_reachchoice','Can view reach choice');
INSERT INTO auth_permission VALUES(114,28,'add_possiblerepeat','Can add possible repeat of an error');
INSERT INTO auth_permission VALUES(115,28,'change_possiblerepeat','Can change possible repeat of an error');
INSERT INTO auth_permission VALUES(116,28,'delete_possiblerepeat','Can delete possible repeat of an error');
INSERT INTO auth_permission VALUES(117,28,'view_possiblerepeat','Can view possible repeat of an error');
INSERT INTO auth_permission VALUES(118,29,'add_drug','Can add medicine');
INSERT INTO auth_permission VALUES(119,29,'change_drug','Can change medicine');
INSERT INTO auth_permission VALUES(120,29,'delete_drug','Can delete medicine');
INSERT INTO auth_permission VALUES(121,29,'view_drug','Can view medicine');
INSERT INTO auth_permission VALUES(122,30,'add_drawing','Can add labeled drawing');
INSERT INTO auth_permission VALUES(123,30,'change_drawing','Can change labeled drawing');
INSERT INTO auth_permission VALUES(124,30,'delete_drawing','Can delete labeled drawing');
INSERT INTO auth_permission VALUES(125,30,'view_drawing','Can view labeled drawing');
INSERT INTO auth_permission VALUES(126,31,'add_procedure','Can add procedure or device');
INSERT INTO auth_permission VALUES(127,31,'change_procedure','Can change procedure or device');
INSERT INTO auth_permission VALUES(128,31,'delete_procedure','Can delete procedure or device');
INSERT INTO auth_permission VALUES(129,31,'view_procedure','Can view procedure or device');
INSERT INTO auth_permission VALUES(130,32,'add_label','Can add label');
INSERT INTO auth_permission VALUES(131,32,'change_label','Can change label');
INSERT INTO auth_permission VALUES(132,32,'delete_label','Can delete label');
INSERT INTO auth_permission VALUES(133,32,'view_label','Can view label');
INSERT INTO auth_permission VALUES(134,33,'add_reviewanswer','Can add answer');
INSERT INTO auth_permission VALUES(135,33,'change_reviewanswer','Can change answer');
INSERT INTO auth_permission VALUES(136,33,'delete_reviewanswer','Can delete answer');
INSERT INTO auth_permission VALUES(137,33,'view_reviewanswer','Can view answer');
INSERT INTO auth_permission VALUES(138,34,'add_override','Can add override');
INSERT INTO auth_permission VALUES(139,34,'change_override','Can change override');
INSERT INTO auth_permission VALUES(140,34,'delete_override','Can delete override');
INSERT INTO auth_permission VALUES(141,34,'view_override','Can view override');
INSERT INTO auth_permission VALUES(142,35,'add_invitation','Can add invitation');
INSERT INTO auth_permission VALUES(143,35,'change_invitation','Can change invitation');
INSERT INTO auth_permission VALUES(144,35,'delete_invitation','Can delete invitation');
INSERT INTO auth_permission VALUES(145,35,'view_invitation','Can view invitation');
INSERT INTO auth_permission VALUES(146,36,'add_safeguardchange','Can add safeguard change');
INSERT INTO auth_permission VALUES(147,36,'change_safeguardchange','Can change safeguard change');
INSERT INTO auth_permission VALUES(148,36,'delete_safeguardchange','Can delete safeguard change');
INSERT INTO auth_permission VALUES(149,36,'view_safeguardchange','Can view safeguard change');
INSERT INTO auth_permission VALUES(150,36,'ask_safeguardchange','Can change who reviews and what sections require');
INSERT INTO auth_permission VALUES(151,37,'add_settledaccount','Can add settled account');
INSERT INTO auth_permission VALUES(152,37,'change_settledaccount','Can change settled account');
INSERT INTO auth_permission VALUES(153,37,'delete_settledaccount','Can delete settled account');
INSERT INTO auth_permission VALUES(154,37,'view_settledaccount','Can view settled account');
INSERT INTO auth_permission VALUES(155,38,'add_linkhealth','Can add link');
INSERT INTO auth_permission VALUES(156,38,'change_linkhealth','Can change link');
INSERT INTO auth_permission VALUES(157,38,'delete_linkhealth','Can delete link');
INSERT INTO auth_permission VALUES(158,38,'view_linkhealth','Can view link');
INSERT INTO auth_permission VALUES(159,39,'add_issue','Can add newsletter issue');
INSERT INTO auth_permission VALUES(160,39,'change_issue','Can change newsletter issue');
INSERT INTO auth_permission VALUES(161,39,'delete_issue','Can delete newsletter issue');
INSERT INTO auth_permission VALUES(162,39,'view_issue','Can view newsletter issue');
INSERT INTO auth_permission VALUES(163,39,'approve_issue','Can approve, hold and send an issue');
INSERT INTO auth_permission VALUES(164,40,'add_issueitem','Can add issue item');
INSERT INTO auth_permission VALUES(165,40,'change_issueitem','Can change issue item');
INSERT INTO auth_permission VALUES(166,40,'delete_issueitem','Can delete issue item');
INSERT INTO auth_permission VALUES(167,40,'view_issueitem','Can view issue item');
INSERT INTO auth_permission VALUES(168,41,'add_unsavedissue','Can add unsaved issue');
INSERT INTO auth_permission VALUES(169,41,'change_unsavedissue','Can change unsaved issue');
INSERT INTO auth_permission VALUES(170,41,'delete_unsavedissue','Can delete unsaved issue');
INSERT INTO auth_permission VALUES(171,41,'view_unsavedissue','Can view unsaved issue');
INSERT INTO auth_permission VALUES(172,42,'add_textchange','Can add change of a public text');
INSERT INTO auth_permission VALUES(173,42,'change_textchange','Can change change of a public text');
INSERT INTO auth_permission VALUES(174,42,'delete_textchange','Can delete change of a public text');
INSERT INTO auth_permission VALUES(175,42,'view_textchange','Can view change of a public text');
INSERT INTO auth_permission VALUES(176,43,'add_suppression','Can add suppressed address');
INSERT INTO auth_permission VALUES(177,43,'change_suppression','Can change suppressed address');
INSERT INTO auth_permission VALUES(178,43,'delete_suppression','Can delete suppressed address');
INSERT INTO auth_permission VALUES(179,43,'view_suppression','Can view suppressed address');
INSERT INTO auth_permission VALUES(180,44,'add_delivery','Can add delivery');
INSERT INTO auth_permission VALUES(181,44,'change_delivery','Can change delivery');
INSERT INTO auth_permission VALUES(182,44,'delete_delivery','Can delete delivery');
INSERT INTO auth_permission VALUES(183,44,'view_delivery','Can view delivery');
INSERT INTO auth_permission VALUES(184,45,'add_creditevidence','Can add evidence');
INSERT INTO auth_permission VALUES(185,45,'change_creditevidence','Can change evidence');
INSERT INTO auth_permission VALUES(186,45,'delete_creditevidence','Can delete evidence');
INSERT INTO auth_permission VALUES(187,45,'view_creditevidence','Can view evidence');
INSERT INTO auth_permission VALUES(188,46,'add_editionpicture','Can add edition picture');
INSERT INTO auth_permission VALUES(189,46,'change_editionpicture','Can change edition picture');
INSERT INTO auth_permission VALUES(190,46,'delete_editionpicture','Can delete edition picture');
INSERT INTO auth_permission VALUES(191,46,'view_editionpicture','Can view edition picture');
INSERT INTO auth_permission VALUES(192,47,'add_imageevent','Can add picture event');
INSERT INTO auth_permission VALUES(193,47,'change_imageevent','Can change picture event');
INSERT INTO auth_permission VALUES(194,47,'delete_imageevent','Can delete picture event');
INSERT INTO auth_permission VALUES(195,47,'view_imageevent','Can view picture event');
INSERT INTO auth_permission VALUES(196,48,'add_bounceevent','Can add bounce event');
INSERT INTO auth_permission VALUES(197,48,'change_bounceevent','Can change bounce event');
INSERT INTO auth_permission VALUES(198,48,'delete_bounceevent','Can delete bounce event');
INSERT INTO auth_permission VALUES(199,48,'view_bounceevent','Can view bounce event');
INSERT INTO auth_permission VALUES(200,49,'add_inboxcount','Can add inbox count');
INSERT INTO auth_permission VALUES(201,49,'change_inboxcount','Can change inbox count');
INSERT INTO auth_permission VALUES(202,49,'delete_inboxcount','Can delete inbox count');
INSERT INTO auth_permission VALUES(203,49,'view_inboxcount','Can view inbox count');
INSERT INTO auth_permission VALUES(204,50,'add_networkcount','Can add network count');
INSERT INTO auth_permission VALUES(205,50,'change_networkcount','Can change network count');
INSERT INTO auth_permission VALUES(206,50,'delete_networkcount','Can delete network count');
INSERT INTO auth_permission VALUES(207,50,'view_networkcount','Can view network count');
INSERT INTO auth_permission VALUES(208,51,'add_outgoingmail','Can add outgoing mail');
INSERT INTO auth_permission VALUES(209,51,'change_outgoingmail','Can change outgoing mail');
INSERT INTO auth_permission VALUES(210,51,'delete_outgoingmail','Can delete outgoing mail');
INSERT INTO auth_permission VALUES(211,51,'view_outgoingmail','Can view outgoing mail');
INSERT INTO auth_permission VALUES(212,52,'add_alarm','Can add alarm');
INSERT INTO auth_permission VALUES(213,52,'change_alarm','Can change alarm');
INSERT INTO auth_permission VALUES(214,52,'delete_alarm','Can delete alarm');
INSERT INTO auth_permission VALUES(215,52,'view_alarm','Can view alarm');
INSERT INTO auth_permission VALUES(216,53,'add_restore','Can add restored backup');
INSERT INTO auth_permission VALUES(217,53,'change_restore','Can change restored backup');
INSERT INTO auth_permission VALUES(218,53,'delete_restore','Can delete restored backup');
INSERT INTO auth_permission VALUES(219,53,'view_restore','Can view restored backup');
INSERT INTO auth_permission VALUES(220,53,'answer_restore','Can say that mail may leave again after a restore');
INSERT INTO auth_permission VALUES(221,54,'add_pace','Can add pace');
INSERT INTO auth_permission VALUES(222,54,'change_pace','Can change pace');
INSERT INTO auth_permission VALUES(223,54,'delete_pace','Can delete pace');
INSERT INTO auth_permission VALUES(224,54,'view_pace','Can view pace');
INSERT INTO auth_permission VALUES(225,55,'add_publicstate','Can add public state');
INSERT INTO auth_permission VALUES(226,55,'change_publicstate','Can change public state');
INSERT INTO auth_permission VALUES(227,55,'delete_publicstate','Can delete public state');
INSERT INTO auth_permission VALUES(228,55,'view_publicstate','Can view public state');
INSERT INTO auth_permission VALUES(229,56,'add_editiontopic','Can add edition topic');
INSERT INTO auth_permission VALUES(230,56,'change_editiontopic','Can change edition topic');
INSERT INTO auth_permission VALUES(231,56,'delete_editiontopic','Can delete edition topic');
INSERT INTO auth_permission VALUES(232,56,'view_editiontopic','Can view edition topic');
INSERT INTO auth_permission VALUES(233,57,'add_term','Can add glossary term');
INSERT INTO auth_permission VALUES(234,57,'change_term','Can change glossary term');
INSERT INTO auth_permission VALUES(235,57,'delete_term','Can delete glossary term');
INSERT INTO auth_permission VALUES(236,57,'view_term','Can view glossary term');
INSERT INTO auth_permission VALUES(237,58,'add_answertally','Can add answer tally');
INSERT INTO auth_permission VALUES(238,58,'change_answertally','Can change answer tally');
INSERT INTO auth_permission VALUES(239,58,'delete_answertally','Can delete answer tally');
INSERT INTO auth_permission VALUES(240,58,'view_answertally','Can view answer tally');
INSERT INTO auth_permission VALUES(241,59,'add_retractionnotice','Can add retraction notice');
INSERT INTO auth_permission VALUES(242,59,'change_retractionnotice','Can change retraction notice');
INSERT INTO auth_permission VALUES(243,59,'delete_retractionnotice','Can delete retraction notice');
INSERT INTO auth_permission VALUES(244,59,'view_retractionnotice','Can view retraction notice');
INSERT INTO auth_permission VALUES(245,60,'add_acknowledgement','Can add acknowledgement');
INSERT INTO auth_permission VALUES(246,60,'change_acknowledgement','Can change acknowledgement');
INSERT INTO auth_permission VALUES(247,60,'delete_acknowledgement','Can delete acknowledgement');
INSERT INTO auth_permission VALUES(248,60,'view_acknowledgement','Can view acknowledgement');
INSERT INTO auth_permission VALUES(249,61,'add_sourcenote','Can add note on a source');
INSERT INTO auth_permission VALUES(250,61,'change_sourcenote','Can change note on a source');
INSERT INTO auth_permission VALUES(251,61,'delete_sourcenote','Can delete note on a source');
INSERT INTO auth_permission VALUES(252,61,'view_sourcenote','Can view note on a source');
INSERT INTO auth_permission VALUES(253,62,'add_sentencereport','Can add reader report');
INSERT INTO auth_permission VALUES(254,62,'change_sentencereport','Can change reader report');
INSERT INTO auth_permission VALUES(255,62,'delete_sentencereport','Can delete reader report');
INSERT INTO auth_permission VALUES(256,62,'view_sentencereport','Can view reader report');
INSERT INTO auth_permission VALUES(257,62,'answer_sentencereport','Can answer reader reports');
INSERT INTO auth_permission VALUES(258,63,'add_trace','Can add trace');
INSERT INTO auth_permission VALUES(259,63,'change_trace','Can change trace');
INSERT INTO auth_permission VALUES(260,63,'delete_trace','Can delete trace');
INSERT INTO auth_permission VALUES(261,63,'view_trace','Can view trace');
INSERT INTO auth_permission VALUES(262,64,'add_tracekey','Can add trace key');
INSERT INTO auth_permission VALUES(263,64,'change_tracekey','Can change trace key');
INSERT INTO auth_permission VALUES(264,64,'delete_tracekey','Can delete trace key');
INSERT INTO auth_permission VALUES(265,64,'view_tracekey','Can view trace key');
INSERT INTO auth_permission VALUES(266,65,'add_searchword','Can add search word');
INSERT INTO auth_permission VALUES(267,65,'change_searchword','Can change search word');
INSERT INTO auth_permission VALUES(268,65,'delete_searchword','Can delete search word');
INSERT INTO auth_permission VALUES(269,65,'view_searchword','Can view search word');
INSERT INTO auth_permission VALUES(270,66,'add_searchmiss','Can add search miss');
INSERT INTO auth_permission VALUES(271,66,'change_searchmiss','Can change search miss');
INSERT INTO auth_permission VALUES(272,66,'delete_searchmiss','Can delete search miss');
INSERT INTO auth_permission VALUES(273,66,'view_searchmiss','Can view search miss');
INSERT INTO auth_permission VALUES(274,67,'add_searchentry','Can add search entry');
INSERT INTO auth_permission VALUES(275,67,'change_searchentry','Can change search entry');
INSERT INTO auth_permission VALUES(276,67,'delete_searchentry','Can delete search entry');
INSERT INTO auth_permission VALUES(277,67,'view_searchentry','Can view search entry');
INSERT INTO auth_permission VALUES(278,68,'add_dayofopens','Can add day of opens');
INSERT INTO auth_permission VALUES(279,68,'change_dayofopens','Can change day of opens');
INSERT INTO auth_permission VALUES(280,68,'delete_dayofopens','Can delete day of opens');
INSERT INTO auth_permission VALUES(281,68,'view_dayofopens','Can view day of opens');
INSERT INTO auth_permission VALUES(282,69,'add_hourofopens','Can add hour of opens');
INSERT INTO auth_permission VALUES(283,69,'change_hourofopens','Can change hour of opens');
INSERT INTO auth_permission VALUES(284,69,'delete_hourofopens','Can delete hour of opens');
INSERT INTO auth_permission VALUES(285,69,'view_hourofopens','Can view hour of opens');
INSERT INTO auth_permission VALUES(286,70,'add_pagetext','Can add page text');
INSERT INTO auth_permission VALUES(287,70,'change_pagetext','Can change page text');
INSERT INTO auth_permission VALUES(288,70,'delete_pagetext','Can delete page text');
INSERT INTO auth_permission VALUES(289,70,'view_pagetext','Can view page text');
INSERT INTO auth_permission VALUES(290,71,'add_readnext','Can add read next');
INSERT INTO auth_permission VALUES(291,71,'change_readnext','Can change read next');
INSERT INTO auth_permission VALUES(292,71,'delete_readnext','Can delete read next');
INSERT INTO auth_permission VALUES(293,71,'view_readnext','Can view read next');
INSERT INTO auth_permission VALUES(294,72,'add_sharecard','Can add share card');
INSERT INTO auth_permission VALUES(295,72,'change_sharecard','Can change share card');
INSERT INTO auth_permission VALUES(296,72,'delete_sharecard','Can delete share card');
INSERT INTO auth_permission VALUES(297,72,'view_sharecard','Can view share card');
INSERT INTO auth_permission VALUES(298,73,'add_logentry','Can add log entry');
INSERT INTO auth_permission VALUES(299,73,'change_logentry','Can change log entry');
INSERT INTO auth_permission VALUES(300,73,'delete_logentry','Can delete log entry');
INSERT INTO auth_permission VALUES(301,73,'view_logentry','Can view log entry');
INSERT INTO auth_permission VALUES(302,74,'add_session','Can add session');
INSERT INTO auth_permission VALUES(303,74,'change_session','Can change session');
INSERT INTO auth_permission VALUES(304,74,'delete_session','Can delete session');
INSERT INTO auth_permission VALUES(305,74,'view_session','Can view session');
INSERT INTO auth_permission VALUES(306,75,'add_totpdevice','Can add TOTP device');
INSERT INTO auth_permission VALUES(307,75,'change_totpdevice','Can change TOTP device');
INSERT INTO auth_permission VALUES(308,75,'delete_totpdevice','Can delete TOTP device');
INSERT INTO auth_permission VALUES(309,75,'view_totpdevice','Can view TOTP device');
INSERT INTO auth_permission VALUES(310,76,'add_staticdevice','Can add static device');
INSERT INTO auth_permission VALUES(311,76,'change_staticdevice','Can change static device');
INSERT INTO auth_permission VALUES(312,76,'delete_staticdevice','Can delete static device');
INSERT INTO auth_permission VALUES(313,76,'view_staticdevice','Can view static device');
INSERT INTO auth_permission VALUES(314,77,'add_statictoken','Can add static token');
INSERT INTO auth_permission VALUES(315,77,'change_statictoken','Can change static token');
INSERT INTO auth_permission VALUES(316,77,'delete_statictoken','Can delete static token');
INSERT INTO auth_permission VALUES(317,77,'view_statictoken','Can view static token');
INSERT INTO auth_permission VALUES(318,78,'add_accessattempt','Can add access attempt');
INSERT INTO auth_permission VALUES(319,78,'change_accessattempt','Can change access attempt');
INSERT INTO auth_permission VALUES(320,78,'delete_accessattempt','Can delete access attempt');
INSERT INTO auth_permission VALUES(321,78,'view_accessattempt','Can view access attempt');
INSERT INTO auth_permission VALUES(322,79,'add_accesslog','Can add access log');
INSERT INTO auth_permission VALUES(323,79,'change_accesslog','Can change access log');
INSERT INTO auth_permission VALUES(324,79,'delete_accesslog','Can delete access log');
INSERT INTO auth_permission VALUES(325,79,'view_accesslog','Can view access log');
INSERT INTO auth_permission VALUES(326,80,'add_accessfailurelog','Can add access failure');
INSERT INTO auth_permission VALUES(327,80,'change_accessfailurelog','Can change access failure');
INSERT INTO auth_permission VALUES(328,80,'delete_accessfailurelog','Can delete access failure');
INSERT INTO auth_permission VALUES(329,80,'view_accessfailurelog','Can view access failure');
INSERT INTO auth_permission VALUES(330,81,'add_accessattemptexpiration','Can add access attempt expiration');
INSERT INTO auth_permission VALUES(331,81,'change_accessattemptexpiration','Can change access attempt expiration');
INSERT INTO auth_permission VALUES(332,81,'delete_accessattemptexpiration','Can delete access attempt expiration');
INSERT INTO auth_permission VALUES(333,81,'view_accessattemptexpiration','Can view access attempt expiration');
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
INSERT INTO auth_group VALUES(1,'Author');
INSERT INTO auth_group VALUES(2,'Medical reviewer');
INSERT INTO auth_group VALUES(3,'Editor');
INSERT INTO auth_group VALUES(4,'Newsletter editor');
INSERT INTO auth_group VALUES(5,'Site administrator');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO auth_user VALUES(1,'',NULL,0,'user0','','',1,1,'2026-12-01 05:55:34.341433','');
INSERT INTO auth_user VALUES(2,'',NULL,0,'user1','','',1,1,'2026-12-01 05:55:34.761465','');
INSERT INTO auth_user VALUES(3,'',NULL,0,'who-admits-reviewers','','',0,1,'2026-12-01 05:55:34.774822','');
INSERT INTO auth_user VALUES(4,'',NULL,0,'user2','','letter-desk@example.org',1,1,'2026-12-01 05:55:35.441189','');
INSERT INTO auth_user VALUES(5,'',NULL,0,'user3','','',1,1,'2026-12-01 05:55:35.753385','');
CREATE TABLE "articles_section" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(50) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "summary" varchar(200) NOT NULL, "requires_review" bool NOT NULL, "requires_references" bool NOT NULL, "requires_risks" bool NOT NULL, "review_months" smallint unsigned NOT NULL CHECK ("review_months" >= 0));
INSERT INTO articles_section VALUES(1,'Conditions','conditions',1,'What hurts, why, and what is known about it.',1,1,0,24);
INSERT INTO articles_section VALUES(2,'Treatments','treatments',2,'What can help, how well, and at what price.',1,1,1,24);
INSERT INTO articles_section VALUES(3,'News','news',3,'What changed inside pain medicine, and what it means for you.',0,0,0,24);
CREATE TABLE "articles_topic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL UNIQUE, "slug" varchar(50) NOT NULL UNIQUE, "definition" varchar(300) NOT NULL, "mesh_id" varchar(10) NOT NULL, "synonyms" text NOT NULL CHECK ((JSON_VALID("synonyms") OR "synonyms" IS NULL)), "parent_id" bigint NULL REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED, "section_id" bigint NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED, "place" varchar(10) NOT NULL, "icon" varchar(10) NOT NULL, CONSTRAINT "topic_not_under_itself" CHECK (("parent_id" IS NULL OR NOT ("parent_id" = ("id") AND "parent_id" IS NOT NULL))));
INSERT INTO articles_topic VALUES(1,'Pumps','pumps','','','[]',NULL,NULL,'','');
CREATE TABLE "articles_topic_medicines" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "topic_id" bigint NOT NULL REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED, "drug_id" bigint NOT NULL REFERENCES "articles_drug" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_contributor" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "slug" varchar(140) NOT NULL UNIQUE, "credentials" varchar(120) NOT NULL, "role" varchar(160) NOT NULL, "biography" text NOT NULL, "interests" text NOT NULL, "credentials_checked_on" date NULL, "credentials_checked_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_medical_reviewer" bool NOT NULL, "user_id" integer NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL, CONSTRAINT "contributor_credentials_checked_on_a_day" CHECK (("credentials_checked_by_id" IS NULL OR "credentials_checked_on" IS NOT NULL)));
INSERT INTO articles_contributor VALUES(1,'Person 0','person-0','','health writer','','None.',NULL,NULL,0,NULL,'');
INSERT INTO articles_contributor VALUES(2,'Person 1','person-1','MD','health writer','','None.',NULL,NULL,1,2,'');
INSERT INTO articles_contributor VALUES(3,'Person 2','person-2','MD','health writer','','None.',NULL,NULL,1,5,'');
CREATE TABLE "articles_image" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(120) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "file_name" varchar(120) NOT NULL, "format" varchar(8) NOT NULL, "width" integer unsigned NOT NULL CHECK ("width" >= 0), "height" integer unsigned NOT NULL CHECK ("height" >= 0), "alt" varchar(300) NOT NULL, "is_decorative" bool NOT NULL, "uploaded_at" datetime NOT NULL, "uploaded_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "fingerprint" varchar(16) NOT NULL, "focal_x" real NOT NULL, "focal_y" real NOT NULL, "original" varchar(64) NOT NULL, "rendered" varchar(12) NOT NULL, "replaced_at" datetime NULL, "withdrawn_at" datetime NULL, "replaced_by_id" bigint NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "image_has_pixels" CHECK (("height" > 0 AND "width" > 0)), CONSTRAINT "image_focal_point_inside" CHECK (("focal_x" >= 0.0 AND "focal_x" <= 1.0 AND "focal_y" >= 0.0 AND "focal_y" <= 1.0)), CONSTRAINT "image_replaced_with_time" CHECK ((("replaced_at" IS NULL AND "replaced_by_id" IS NULL) OR ("replaced_at" IS NOT NULL AND "replaced_by_id" IS NOT NULL))), CONSTRAINT "image_not_replaced_by_itself" CHECK (NOT ("replaced_by_id" = ("id") AND "replaced_by_id" IS NOT NULL)));
INSERT INTO articles_image VALUES(1,'pictures/45/458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720.jpg','458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720','pump','JPEG',700,400,'A pump.',0,'2026-12-01 05:55:34.552148',1,'0000000000000000',0.5,0.5,'069704a90b37cbd4a0e9500ba48f42032fa1c72e9c86f27befcff7062ce5c007','deb0f5ca19e7',NULL,NULL,NULL);
CREATE TABLE "articles_article" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "slug" varchar(120) NOT NULL, "standfirst" text NOT NULL, "lead_caption" varchar(300) NOT NULL, "body" text NOT NULL, "closing_question" varchar(200) NOT NULL, "disclosure" text NOT NULL, "search_title" varchar(200) NOT NULL, "search_description" varchar(300) NOT NULL, "first_published_url" varchar(500) NOT NULL, "first_published_in" varchar(120) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "created_at" datetime NOT NULL, "changed_at" datetime NOT NULL, "submitted_at" datetime NULL, "due_on" date NULL, "assigned_to_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "import_name" varchar(200) NOT NULL, "import_digest" varchar(64) NOT NULL, "created_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "lead_image_id" bigint NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, "page_type" varchar(7) NOT NULL, "hub_of_id" bigint NULL UNIQUE REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED, "section_id" bigint NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED, "draft_key" varchar(64) NOT NULL, "deleted_at" datetime NULL, "deleted_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "article_type_known" CHECK ("page_type" IN ('article', 'hub', 'page')), CONSTRAINT "article_deleted_when" CHECK (("deleted_by_id" IS NULL OR "deleted_at" IS NOT NULL)), CONSTRAINT "article_hub_has_its_topic" CHECK ((("hub_of_id" IS NOT NULL AND "page_type" = 'hub') OR (NOT ("page_type" = 'hub') AND "hub_of_id" IS NULL))));
INSERT INTO articles_article VALUES(1,'Pumps','pumps','What a pump can do, and what not.','','<p>Some words about it.[1]</p>
<h2>Benefits</h2><p>It may help.</p>
<h2>Risks</h2><p>It may harm.[1]</p>','','The authors report no conflicts of interest.','','','','',1,'2026-12-01 05:55:34.699465','2026-12-01 05:55:34.725227',NULL,NULL,NULL,'','',NULL,1,'article',NULL,2,'',NULL,NULL);
CREATE TABLE "articles_article_topics" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "topic_id" bigint NOT NULL REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO articles_article_topics VALUES(1,1,1);
CREATE TABLE "articles_byline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "contributor_id" bigint NOT NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "byline_names_author_once" UNIQUE ("article_id", "contributor_id"));
INSERT INTO articles_byline VALUES(1,0,1,1);
CREATE TABLE "articles_imagecredit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "description" varchar(300) NOT NULL, "creator" varchar(200) NOT NULL, "creator_url" varchar(500) NOT NULL, "source" varchar(120) NOT NULL, "source_url" varchar(500) NOT NULL, "license" varchar(40) NOT NULL, "modifications" varchar(200) NOT NULL, "permission" text NOT NULL, "raw" text NOT NULL, "found_in_id" bigint NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "image_id" bigint NULL UNIQUE REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, "dismissed_at" datetime NULL, "dismissed_reason" varchar(200) NOT NULL, "dismissed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_noncommercial" bool NOT NULL, "is_untitled" bool NOT NULL, "made_with" varchar(200) NOT NULL, "rights_end_on" date NULL, CONSTRAINT "credit_has_picture_or_line" CHECK (("image_id" IS NOT NULL OR NOT ("raw" = ''))), CONSTRAINT "credit_dismissed_by_somebody" CHECK ((("dismissed_at" IS NULL AND "dismissed_by_id" IS NULL) OR ("dismissed_at" IS NOT NULL AND "dismissed_by_id" IS NOT NULL))));
INSERT INTO articles_imagecredit VALUES(1,'Channel','','Jane Doe','','Flickr','https://example.org/work','cc-by-4.0','','','',NULL,1,NULL,'',NULL,0,0,'',NULL);
CREATE TABLE "articles_reference" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "citation" text NOT NULL, "doi" varchar(200) NOT NULL, "pmid" varchar(100) NOT NULL, "url" varchar(500) NOT NULL, "record" text NOT NULL CHECK ((JSON_VALID("record") OR "record" IS NULL)), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO articles_reference VALUES(1,1,'Doe J. Pumps. J Pain. In press.','','','','{}',1);
CREATE TABLE "articles_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "digest" varchar(64) NOT NULL, "signed_digest" varchar(64) NOT NULL, "at" datetime NOT NULL, "is_autosave" bool NOT NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "revision_numbered_once" UNIQUE ("article_id", "number"));
INSERT INTO articles_revision VALUES(1,1,'{"title": "Pumps", "slug": "pumps", "standfirst": "What a pump can do.", "search_title": "", "search_description": "", "first_published_url": "", "first_published_in": "", "page_type": "article", "hub_of": "", "section": "treatments", "topics": [], "byline": [{"id": 1, "name": "Person 0", "credentials": ""}], "body": "<p>Some words about it.[1]</p>\n<h2>Benefits</h2><p>It may help.</p>\n<h2>Risks</h2><p>It may harm.[1]</p>", "closing_question": "", "disclosure": "The authors report no conflicts of interest.", "references": [{"citation": "Doe J. Pumps. J Pain. In press.", "doi": "", "pmid": "", "url": ""}], "pictures": [{"id": 1, "place": "lead", "caption": "", "digest": "458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720", "alt": "A pump."}]}','c6a1124e4197f54528dd80d1616d1218fd39b281de997f77d1ecf315884d02f6','a8ac4645212640a8c1e8d5a5cbaeddbcbe0523834199227f9483310527efae5f','2026-12-01 05:55:34.725227',0,1,NULL);
INSERT INTO articles_revision VALUES(2,2,'{"title": "Pumps", "slug": "pumps", "standfirst": "What a pump can do.", "search_title": "", "search_description": "", "first_published_url": "", "first_published_in": "", "page_type": "article", "hub_of": "", "section": "treatments", "topics": [{"name": "Pumps", "slug": "pumps"}], "byline": [{"id": 1, "name": "Person 0", "credentials": ""}], "body": "<p>Some words about it.[1]</p>\n<h2>Benefits</h2><p>It may help.</p>\n<h2>Risks</h2><p>It may harm.[1]</p>", "closing_question": "", "disclosure": "The authors report no conflicts of interest.", "references": [{"citation": "Doe J. Pumps. J Pain. In press.", "doi": "", "pmid": "", "url": ""}], "pictures": [{"id": 1, "place": "lead", "caption": "", "digest": "458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720", "alt": "A pump."}]}','86af6cc6a3478a3fff38370093562e602e6f4d28590da0bd6cc9b72fe16c3163','a8ac4645212640a8c1e8d5a5cbaeddbcbe0523834199227f9483310527efae5f','2026-12-01 05:55:35.264326',0,1,1);
INSERT INTO articles_revision VALUES(3,3,'{"title": "Pumps", "slug": "pumps", "standfirst": "What a pump can do, and what not.", "search_title": "", "search_description": "", "first_published_url": "", "first_published_in": "", "page_type": "article", "hub_of": "", "section": "treatments", "topics": [{"name": "Pumps", "slug": "pumps"}], "byline": [{"id": 1, "name": "Person 0", "credentials": ""}], "body": "<p>Some words about it.[1]</p>\n<h2>Benefits</h2><p>It may help.</p>\n<h2>Risks</h2><p>It may harm.[1]</p>", "closing_question": "", "disclosure": "The authors report no conflicts of interest.", "references": [{"citation": "Doe J. Pumps. J Pain. In press.", "doi": "", "pmid": "", "url": ""}], "pictures": [{"id": 1, "place": "lead", "caption": "", "digest": "458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720", "alt": "A pump."}]}','aa869f4c52aaaa6403fa8fd791c1b723def1a887bd2ffcd4d3d86d4587083b82','ae9a0fa8592a7ac356cf465a3ee1cbf0936d154058883167153eb68164c71715','2026-12-01 05:55:35.747820',0,1,NULL);
CREATE TABLE "articles_review" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "signed_digest" varchar(64) NOT NULL, "name" varchar(120) NOT NULL, "credentials" varchar(120) NOT NULL, "interests" text NOT NULL, "decision" varchar(10) NOT NULL, "comments" text NOT NULL, "decided_at" datetime NOT NULL, "due_on" date NULL, "withdrawn_at" datetime NULL, "reminded_at_days" smallint NULL, "reviewer_id" bigint NOT NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "articles_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "carried_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "carried_from_id" bigint NULL REFERENCES "articles_review" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "review_decision_known" CHECK ("decision" IN ('approved', 'changes')), CONSTRAINT "review_approval_has_due_date" CHECK (("decision" = 'changes' OR "due_on" IS NOT NULL)), CONSTRAINT "review_carried_over_by_somebody" CHECK ((("carried_by_id" IS NULL AND "carried_from_id" IS NULL) OR ("carried_by_id" IS NOT NULL AND "carried_from_id" IS NOT NULL AND "decision" = 'approved'))));
INSERT INTO articles_review VALUES(1,'a8ac4645212640a8c1e8d5a5cbaeddbcbe0523834199227f9483310527efae5f','Person 1','MD','None.','approved','','2026-12-01 05:55:34.806793','2028-12-01',NULL,NULL,2,1,NULL,NULL);
INSERT INTO articles_review VALUES(2,'ae9a0fa8592a7ac356cf465a3ee1cbf0936d154058883167153eb68164c71715','Person 2','MD','None.','approved','','2026-12-01 05:55:35.781876','2028-12-01',NULL,NULL,3,3,NULL,NULL);
CREATE TABLE "articles_edition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "kind" varchar(10) NOT NULL, "note" text NOT NULL, "published_at" datetime NOT NULL, "live_from" datetime NOT NULL, "live_until" datetime NULL, "first_live_from" datetime NOT NULL, "slug" varchar(120) NOT NULL, "topics" text NOT NULL CHECK ((JSON_VALID("topics") OR "topics" IS NULL)), "title" varchar(200) NOT NULL, "standfirst" text NOT NULL, "body" text NOT NULL, "lead_caption" varchar(300) NOT NULL, "signed_pictures" text NOT NULL CHECK ((JSON_VALID("signed_pictures") OR "signed_pictures" IS NULL)), "search_title" varchar(200) NOT NULL, "search_description" varchar(300) NOT NULL, "first_published_url" varchar(500) NOT NULL, "first_published_in" varchar(120) NOT NULL, "closing_question" varchar(200) NOT NULL, "disclosure" text NOT NULL, "references" text NOT NULL CHECK ((JSON_VALID("references") OR "references" IS NULL)), "search_text" text NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "lead_image_id" bigint NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, "erratum_id" char(32) NULL REFERENCES "articles_correction" ("key") DEFERRABLE INITIALLY DEFERRED, "review_id" bigint NULL REFERENCES "articles_review" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "articles_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "page_type" varchar(7) NOT NULL, "hub_of_id" bigint NULL REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED, "section_id" bigint NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED, "corrections" text NOT NULL CHECK ((JSON_VALID("corrections") OR "corrections" IS NULL)), "set_aside" text NOT NULL CHECK ((JSON_VALID("set_aside") OR "set_aside" IS NULL)), "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "changed_at" datetime NOT NULL, CONSTRAINT "edition_numbered_once" UNIQUE ("article_id", "number"), CONSTRAINT "edition_ends_after_start" CHECK (("live_until" IS NULL OR "live_until" >= ("live_from"))), CONSTRAINT "edition_kind_known" CHECK ("kind" IN ('first', 'update', 'correction', 'withdrawn')), CONSTRAINT "edition_correction_has_its_row" CHECK ((("erratum_id" IS NOT NULL AND "kind" = 'correction') OR (NOT ("kind" = 'correction') AND "erratum_id" IS NULL))), CONSTRAINT "edition_withdrawn_says_why" CHECK ((NOT ("kind" = 'withdrawn') OR NOT ("note" = ''))), CONSTRAINT "edition_type_known" CHECK ("page_type" IN ('article', 'hub', 'page')), CONSTRAINT "edition_first_published_whole" CHECK ((("first_published_in" = '' AND "first_published_url" = '') OR ("page_type" = 'article' AND NOT ("first_published_url" = '') AND NOT ("first_published_in" = '')))), CONSTRAINT "edition_hub_has_its_topic" CHECK ((("hub_of_id" IS NOT NULL AND "page_type" = 'hub') OR (NOT ("page_type" = 'hub') AND "hub_of_id" IS NULL))), CONSTRAINT "edition_has_its_section" CHECK ((("page_type" = 'page' AND "section_id" IS NULL) OR (NOT ("page_type" = 'page') AND "section_id" IS NOT NULL))));
INSERT INTO articles_edition VALUES(1,1,'first','','2026-12-01 05:55:35.316125','2026-12-01 05:55:35.264326','2026-12-01 05:55:35.913935','2026-12-01 05:55:35.264326','pumps','[{"name": "Pumps", "slug": "pumps"}]','Pumps','What a pump can do.','<p>Some words about it.[1]</p>
<h2>Benefits</h2><p>It may help.</p>
<h2>Risks</h2><p>It may harm.[1]</p>','','[{"id": 1, "place": "lead", "caption": "", "digest": "458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720", "alt": "A pump."}]','','','','','','The authors report no conflicts of interest.','[{"citation": "Doe J. Pumps. J Pain. In press.", "doi": "", "pmid": "", "url": ""}]','Pumps
What a pump can do.
Some words about it.[1]
Benefits
It may help.
Risks
It may harm.[1]',1,1,1,1,NULL,1,2,'article',NULL,2,'[]','[]','[]','2026-12-01 05:55:35.264326');
INSERT INTO articles_edition VALUES(2,2,'correction','Half was missing.','2026-12-01 05:55:36.006813','2026-12-01 05:55:35.913935',NULL,'2026-12-01 05:55:35.264326','pumps','[{"name": "Pumps", "slug": "pumps"}]','Pumps','What a pump can do, and what not.','<p>Some words about it.[1]</p>
<h2>Benefits</h2><p>It may help.</p>
<h2>Risks</h2><p>It may harm.[1]</p>','','[{"id": 1, "place": "lead", "caption": "", "digest": "458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720", "alt": "A pump."}]','','','','','','The authors report no conflicts of interest.','[{"citation": "Doe J. Pumps. J Pain. In press.", "doi": "", "pmid": "", "url": ""}]','Pumps
What a pump can do, and what not.
Some words about it.[1]
Benefits
It may help.
Risks
It may harm.[1]',1,1,1,1,'32db256ec0664ddf981b6c9e23c852b4',2,3,'article',NULL,2,'[{"on": "2026-12-01", "was": "can do.", "now": "can do, and what not.", "why": "Half was missing.", "severity": "minor"}]','[]','[]','2026-12-01 05:55:35.264326');
CREATE TABLE "articles_editionbyline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "name" varchar(120) NOT NULL, "credentials" varchar(120) NOT NULL, "contributor_id" bigint NOT NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "edition_names_author_once" UNIQUE ("edition_id", "contributor_id"));
INSERT INTO articles_editionbyline VALUES(1,0,'Person 0','',1,1);
INSERT INTO articles_editionbyline VALUES(2,0,'Person 0','',1,2);
CREATE TABLE "articles_subscription" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL, "state" varchar(10) NOT NULL, "requested_at" datetime NOT NULL, "asked_at" datetime NULL, "confirmed_at" datetime NULL, "ended_at" datetime NULL, "paused_until" date NULL, "source" varchar(200) NOT NULL, "wants" varchar(12) NOT NULL, CONSTRAINT "subscription_state_has_its_time" CHECK ((("confirmed_at" IS NULL AND "ended_at" IS NULL AND "state" = 'pending') OR ("confirmed_at" IS NOT NULL AND "ended_at" IS NULL AND "state" = 'active') OR ("ended_at" IS NOT NULL AND "state" = 'ended'))));
INSERT INTO articles_subscription VALUES(1,'reader@example.org','active','2026-12-01 05:55:35.369228',NULL,'2026-12-01 05:55:35.368907',NULL,NULL,'','weekly');
CREATE TABLE "articles_subscription_sections" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subscription_id" bigint NOT NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, "section_id" bigint NOT NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO articles_subscription_sections VALUES(1,1,2);
CREATE TABLE "articles_consentevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "wording" text NOT NULL, "page" varchar(300) NOT NULL, "at" datetime NOT NULL, "subscription_id" bigint NOT NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_at" datetime NOT NULL, "source" varchar(200) NOT NULL);
INSERT INTO articles_consentevent VALUES(1,'asked','One newsletter a week.','/','2026-12-01 05:55:35.389080',1,'2026-12-01 05:55:35.389089','');
CREATE TABLE "articles_subscriptiontoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "purpose" varchar(12) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "created_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "used_at" datetime NULL, "subscription_id" bigint NOT NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, "new_email" varchar(254) NOT NULL, CONSTRAINT "token_purpose_known" CHECK ((("new_email" = '' AND "purpose" IN ('confirm', 'manage')) OR ("purpose" = 'move' AND NOT ("new_email" = '')))));
CREATE TABLE "articles_opening" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "seen_at" datetime NOT NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "opening_once_for_each_user" UNIQUE ("article_id", "user_id"));
CREATE TABLE "articles_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "quote" varchar(300) NOT NULL, "text" text NOT NULL, "at" datetime NOT NULL, "resolved_at" datetime NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" bigint NULL REFERENCES "articles_comment" ("id") DEFERRABLE INITIALLY DEFERRED, "resolved_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewer_id" bigint NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "articles_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "comment_by_one_person" CHECK (("by_id" IS NULL OR "reviewer_id" IS NULL)), CONSTRAINT "comment_answer_is_plain" CHECK (("parent_id" IS NULL OR ("quote" = '' AND "resolved_at" IS NULL))));
CREATE TABLE "articles_savedfilter" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "query" varchar(500) NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "saved_filter_once" UNIQUE ("user_id", "name"));
CREATE TABLE "articles_mutednotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "muted_notice_once" UNIQUE ("user_id", "kind"));
CREATE TABLE "articles_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "sentence" varchar(500) NOT NULL, "at" datetime NOT NULL, "mailed_at" datetime NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_reviewtask" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_at" datetime NOT NULL, "due_on" date NULL, "taken_back_at" datetime NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "asked_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewer_id" bigint NOT NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "articles_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_correction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "was" text NOT NULL, "now" text NOT NULL, "why" text NOT NULL, "severity" varchar(10) NOT NULL, "corrected_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL UNIQUE REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "correction_severity_known" CHECK ("severity" IN ('safety', 'factual', 'minor')), CONSTRAINT "correction_says_what_and_why" CHECK ((NOT ("now" = '') AND NOT ("why" = ''))));
INSERT INTO articles_correction VALUES(1,'32db256ec0664ddf981b6c9e23c852b4','can do.','can do, and what not.','Half was missing.','minor',1,2);
CREATE TABLE "articles_reachchoice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "leaves_out" bool NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "correction_id" bigint NOT NULL REFERENCES "articles_correction" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reach_left_out_says_why" CHECK ((NOT "leaves_out" OR NOT ("reason" = ''))));
CREATE TABLE "articles_possiblerepeat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" text NOT NULL, "kind" varchar(20) NOT NULL, "row" bigint unsigned NULL CHECK ("row" >= 0), "decision" varchar(10) NOT NULL, "decided_at" datetime NULL, "correction_id" bigint NOT NULL REFERENCES "articles_correction" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "repeat_named_once" UNIQUE ("correction_id", "place"), CONSTRAINT "repeat_decided_by_somebody" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "decision" = '') OR ("decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL AND "decision" IN ('corrected', 'other')))));
INSERT INTO articles_possiblerepeat VALUES(1,'issue 1, approved','issue',1,'',NULL,1,NULL);
CREATE TABLE "articles_drug" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "slug" varchar(80) NOT NULL UNIQUE, "is_class" bool NOT NULL, "brands" text NOT NULL CHECK ((JSON_VALID("brands") OR "brands" IS NULL)), "former_brands" text NOT NULL CHECK ((JSON_VALID("former_brands") OR "former_brands" IS NULL)), "drug_class" varchar(120) NOT NULL, "class_synonyms" text NOT NULL CHECK ((JSON_VALID("class_synonyms") OR "class_synonyms" IS NULL)), "what_it_is" text NOT NULL, "boxed_warning" text NOT NULL, "hazards" text NOT NULL CHECK ((JSON_VALID("hazards") OR "hazards" IS NULL)), "route" varchar(200) NOT NULL, "how_it_is_given" text NOT NULL, "routes" text NOT NULL CHECK ((JSON_VALID("routes") OR "routes" IS NULL)), "source" varchar(300) NOT NULL, "checked_on" date NULL, "is_demonstration" bool NOT NULL, "changed_at" datetime NOT NULL, "label_id" bigint NULL REFERENCES "articles_label" ("id") DEFERRABLE INITIALLY DEFERRED, "checked_label_id" bigint NULL REFERENCES "articles_label" ("id") DEFERRABLE INITIALLY DEFERRED, "checked_by_id" bigint NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "drug_card_whole" CHECK ((NOT ("name" = '') AND NOT ("drug_class" = '') AND NOT ("source" = ''))), CONSTRAINT "drug_checked_on_a_day" CHECK (("checked_by_id" IS NULL OR "checked_on" IS NOT NULL)));
INSERT INTO articles_drug VALUES(13,'ziconotide','ziconotide',0,'["Prialt"]','[]','N-type calcium channel blocker','["N-type calcium channel antagonist", "calcium channel blocker", "conotoxin", "non-opioid analgesic"]','Ziconotide is a medicine for severe, long-lasting pain when other treatment does not help enough. It is thought to close gates through which pain signals pass in the spinal cord. It is not an opioid: naloxone does not reverse it, and it does not replace opioids in someone who takes them.','Severe psychiatric symptoms and neurological impairment; contraindicated with a history of psychosis.','[{"sense": "Severe effects on mind and nerves: confusion, hallucinations, changes of mood or of consciousness.", "told_by": ["psychiatric", "hallucinat*", "psychosis", "psychotic", "confusion", "neurolog* impairment", "suicid*"]}]','intrathecal infusion','Only into the fluid around the spinal cord, by a pump and by a team that knows it. The dose is raised slowly. There is no tablet.','[{"status": "approved", "routes": ["into the spinal fluid", "implanted pump"], "source": "US prescribing information, title and dosage and administration"}]','US prescribing information, boxed warning, Highlights and section 1; Prialt (TerSera): https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=b025d8ed-937d-4597-9ad1-0b2f6e0ee5b1',NULL,0,'2026-12-01 05:55:33.885425',NULL,NULL,NULL);
CREATE TABLE "articles_drawing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(120) NOT NULL, "svg" text NOT NULL, "words" text NOT NULL, "creator" varchar(200) NOT NULL, "source_url" varchar(500) NOT NULL, "license" varchar(40) NOT NULL, "checked_on" date NULL, "checker" varchar(200) NOT NULL, "added_at" datetime NOT NULL, "checked_by_id" bigint NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" bigint NULL UNIQUE REFERENCES "articles_drawing" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "drawing_whole" CHECK ((NOT ("title" = '') AND NOT ("svg" = '') AND NOT ("words" = '') AND NOT ("creator" = '') AND NOT ("license" = ''))), CONSTRAINT "drawing_checked_by_somebody_on_a_day" CHECK ((("checked_by_id" IS NULL AND "checked_on" IS NULL AND "checker" = '') OR ("checked_by_id" IS NOT NULL AND "checked_on" IS NOT NULL AND NOT ("checker" = '')))));
CREATE TABLE "articles_procedure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "other_names" text NOT NULL CHECK ((JSON_VALID("other_names") OR "other_names" IS NULL)), "is_surgery" varchar(9) NOT NULL, "parts" text NOT NULL CHECK ((JSON_VALID("parts") OR "parts" IS NULL)), "hazards" text NOT NULL CHECK ((JSON_VALID("hazards") OR "hazards" IS NULL)), "signs" text NOT NULL CHECK ((JSON_VALID("signs") OR "signs" IS NULL)), "accurate" text NOT NULL CHECK ((JSON_VALID("accurate") OR "accurate" IS NULL)), "source" varchar(300) NOT NULL, "checked_on" date NULL, "checked_by_id" bigint NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "procedure_card_whole" CHECK ((NOT ("name" = '') AND NOT ("source" = '') AND "is_surgery" IN ('implanted', 'surgery', 'injection', 'none'))), CONSTRAINT "procedure_checked_on_a_day" CHECK (("checked_by_id" IS NULL OR "checked_on" IS NOT NULL)));
INSERT INTO articles_procedure VALUES(1,'intrathecal pump','["intrathecal drug pump", "intrathecal pain pump", "spinal drug pump", "spinal pump", "implanted pain pump", "pain pump", "intrathecal drug delivery", "intrathecal drug delivery system", "intrathecal therapy", "targeted drug delivery"]','implanted','[{"names": ["pump", "pain pump", "reservoir"], "lies": "Under the skin, usually of the abdomen.", "elsewhere": ["spinal cord", "spinal fluid", "spinal canal", "spinal column", "spine", "intrathecal space", "epidural space", "cerebrospinal fluid", "brain", "vein"]}, {"names": ["catheter", "tube", "tip"], "lies": "Its tip lies in the fluid around the spinal cord.", "elsewhere": ["in spinal cord", "vein", "bloodstream", "brain", "stomach", "joint"]}, {"names": ["medicine", "medication", "drug", "morphine", "ziconotide"], "lies": "In the fluid around the spinal cord.", "elsewhere": ["in spinal cord", "in bloodstream", "in brain", "in nerves"]}]','[{"sense": "Infection.", "told_by": ["infect*", "meningitis", "abscess*"]}, {"sense": "Too much or too little medicine through an error of filling or programming, or a fault of the pump.", "told_by": ["overdose*", "underdose*", "too much \u2026 medicine", "too much medicine", "wrong dose*", "error* \u2026 dos*", "dos* error*", "error* \u2026 filling", "error* \u2026 programming", "pump fail*", "failure of the pump", "pump \u2026 malfunction*"]}, {"sense": "A catheter that moves, kinks, leaks or is blocked.", "told_by": ["catheter* \u2026 move*", "catheter* \u2026 kink*", "catheter* \u2026 leak*", "catheter* \u2026 block*", "catheter* \u2026 break*", "catheter* \u2026 fail*", "catheter* \u2026 slip*", "catheter* \u2026 problem*", "kink* \u2026 catheter*", "tube \u2026 kink*", "tube \u2026 move*", "tube \u2026 leak*", "tube \u2026 block*"]}, {"sense": "Sudden withdrawal if the flow stops.", "told_by": ["withdrawal*"]}, {"sense": "A lump of inflamed tissue (granuloma) at the catheter\u2019s tip that can press on the spinal cord.", "told_by": ["granuloma*", "inflammatory mass*", "inflamed tissue", "lump \u2026 catheter*", "lump \u2026 tip", "mass \u2026 tip", "mass \u2026 catheter*"]}, {"sense": "Refills for as long as it is there, and a new operation when it is replaced.", "told_by": ["refill*", "replac*", "filled again"]}]','[{"sense": "Fever or a wound that reddens or leaks.", "told_by": ["fever*", "chills", "stiff neck", "redness", "reddens", "red \u2026 swollen", "infect*", "pus"]}, {"sense": "New weakness or numbness.", "told_by": ["weakness", "weak", "numb", "numbness", "paralys*", "loss of feeling", "cannot move"]}, {"sense": "Unusual sleepiness, slow breathing or confusion.", "told_by": ["sleep*", "drows*", "breath*", "confus*", "withdrawal"]}]','[]','Deer TR, Hayek SM, Grider JS, et al. PACC: intrathecal drug delivery guidance on safety and therapy optimization. Neuromodulation 2024;27:1107-1139, doi 10.1016/j.neurom.2024.03.003; FDA safety communication, November 14, 2018.',NULL,NULL);
CREATE TABLE "articles_label" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "set_id" varchar(36) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "kind" varchar(16) NOT NULL, "effective_on" date NOT NULL, "document_id" varchar(100) NOT NULL, "title" text NOT NULL, "drug_id" bigint NOT NULL REFERENCES "articles_drug" ("id") DEFERRABLE INITIALLY DEFERRED, "products" text NOT NULL CHECK ((JSON_VALID("products") OR "products" IS NULL)), "generics" text NOT NULL CHECK ((JSON_VALID("generics") OR "generics" IS NULL)), "moieties" text NOT NULL CHECK ((JSON_VALID("moieties") OR "moieties" IS NULL)), "routes" text NOT NULL CHECK ((JSON_VALID("routes") OR "routes" IS NULL)), "boxed_warning" text NOT NULL, "indications" text NOT NULL, "sections" text NOT NULL CHECK ((JSON_VALID("sections") OR "sections" IS NULL)), "differences" text NOT NULL CHECK ((JSON_VALID("differences") OR "differences" IS NULL)), "imported_at" datetime NOT NULL, CONSTRAINT "label_version_once" UNIQUE ("set_id", "version"), CONSTRAINT "label_known_by_its_version" CHECK ((NOT ("set_id" = '') AND "version" > 0)));
CREATE TABLE "articles_reviewanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL, "finding" varchar(60) NOT NULL, "subject" text NOT NULL, "sentence" text NOT NULL, "why" text NOT NULL, "answer" varchar(7) NOT NULL, "note" text NOT NULL, "review_id" bigint NOT NULL REFERENCES "articles_review" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reviewanswer_once" UNIQUE ("review_id", "digest"), CONSTRAINT "reviewanswer_wrong_says_what" CHECK (("answer" = 'correct' OR ("answer" = 'wrong' AND NOT ("note" = '')))));
CREATE TABLE "articles_override" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL, "finding" varchar(60) NOT NULL, "message" text NOT NULL, "reason" text NOT NULL, "asked_at" datetime NOT NULL, "agreed_at" datetime NULL, "agreed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "asked_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "override_asked_once" UNIQUE ("article_id", "digest", "finding", "message"), CONSTRAINT "override_agreed_at_a_time" CHECK ((("agreed_at" IS NULL AND "agreed_by_id" IS NULL) OR ("agreed_at" IS NOT NULL AND "agreed_by_id" IS NOT NULL))), CONSTRAINT "override_takes_two" CHECK (("agreed_by_id" IS NULL OR NOT ("agreed_by_id" = ("asked_by_id") AND "agreed_by_id" IS NOT NULL))), CONSTRAINT "override_says_why" CHECK (NOT ("reason" = '')));
CREATE TABLE "articles_invitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL, "first_name" varchar(150) NOT NULL, "last_name" varchar(150) NOT NULL, "role" varchar(150) NOT NULL, "sent_at" datetime NOT NULL, "invited_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_safeguardchange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(30) NOT NULL, "was" text NOT NULL, "becomes" text NOT NULL, "asked_at" datetime NOT NULL, "takes_effect_at" datetime NOT NULL, "confirmed_at" datetime NULL, "stopped_at" datetime NULL, "applied_at" datetime NULL, "asked_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "contributor_id" bigint NULL REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "section_id" bigint NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED, "stopped_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "safeguard_change_of_one_thing" CHECK ((("contributor_id" IS NOT NULL AND "field" IN ('email', 'user', 'name', 'credentials', 'is_medical_reviewer', 'address', 'password', 'second_step') AND "section_id" IS NULL) OR ("contributor_id" IS NULL AND "field" IN ('requires_review', 'requires_references', 'requires_risks', 'review_months') AND "section_id" IS NOT NULL))), CONSTRAINT "safeguard_change_takes_two" CHECK ((("confirmed_at" IS NULL AND "confirmed_by_id" IS NULL) OR ("confirmed_at" IS NOT NULL AND "confirmed_by_id" IS NOT NULL AND NOT ("confirmed_by_id" = ("asked_by_id") AND "confirmed_by_id" IS NOT NULL)))), CONSTRAINT "safeguard_change_in_force_by_right" CHECK (("applied_at" IS NULL OR ("confirmed_at" IS NOT NULL AND "stopped_at" IS NULL) OR ("applied_at" >= ("takes_effect_at") AND "stopped_at" IS NULL))), CONSTRAINT "safeguard_change_stop_dated" CHECK (("stopped_by_id" IS NULL OR "stopped_at" IS NOT NULL)));
INSERT INTO articles_safeguardchange VALUES(1,'is_medical_reviewer','false','true','2026-11-29 05:55:34.779836','2026-11-30 05:55:34.779836',NULL,NULL,'2026-12-01 05:55:34.779836',3,NULL,2,NULL,NULL);
INSERT INTO articles_safeguardchange VALUES(2,'is_medical_reviewer','false','true','2026-11-29 05:55:35.770046','2026-11-30 05:55:35.770046',NULL,NULL,'2026-12-01 05:55:35.770046',3,NULL,3,NULL,NULL);
CREATE TABLE "articles_settledaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "second_step" varchar(80) NOT NULL, "contributor_id" bigint NOT NULL UNIQUE REFERENCES "articles_contributor" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO articles_settledaccount VALUES(1,'','',2,2);
INSERT INTO articles_settledaccount VALUES(2,'','',3,5);
CREATE TABLE "articles_linkhealth" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(2000) NOT NULL UNIQUE, "checked_on" date NOT NULL, "failing_since" date NULL, "failed_on" date NULL, "said" varchar(200) NOT NULL);
CREATE TABLE "articles_issue" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL UNIQUE CHECK ("number" >= 0), "kind" varchar(10) NOT NULL, "week" varchar(8) NOT NULL, "subject" varchar(150) NOT NULL, "introduction" text NOT NULL, "state" varchar(10) NOT NULL, "built_at" datetime NOT NULL, "since" datetime NOT NULL, "until" datetime NOT NULL, "approved_at" datetime NULL, "send_at" datetime NULL, "started_at" datetime NULL, "held_at" datetime NULL, "reason" text NOT NULL, "sent_at" datetime NULL, "approved_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "correction_id" bigint NULL UNIQUE REFERENCES "articles_correction" ("id") DEFERRABLE INITIALLY DEFERRED, "continues_id" bigint NULL UNIQUE REFERENCES "articles_issue" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "issue_of_a_week_or_a_correction" CHECK ((("correction_id" IS NULL AND "kind" = 'weekly' AND NOT ("week" = '')) OR ("correction_id" IS NOT NULL AND "kind" = 'correction' AND "week" = ''))), CONSTRAINT "issue_approved_has_its_time" CHECK ((("approved_at" IS NULL AND "state" IN ('draft', 'skipped')) OR ("approved_at" IS NOT NULL AND "state" IN ('approved', 'sending', 'held', 'sent')))), CONSTRAINT "issue_sent_has_its_time" CHECK ((("sent_at" IS NOT NULL AND "state" = 'sent') OR (NOT ("state" = 'sent') AND "sent_at" IS NULL))), CONSTRAINT "issue_held_says_why" CHECK ((("held_at" IS NOT NULL AND "state" = 'held' AND NOT ("reason" = '')) OR ("held_at" IS NULL AND "state" = 'skipped' AND NOT ("reason" = '')) OR (NOT ("state" IN ('held', 'skipped')) AND "held_at" IS NULL))));
INSERT INTO articles_issue VALUES(1,1,'weekly','2026-W49','Pumps','','approved','2026-12-01 05:55:35.394504','2026-12-01 05:55:35.264326','2026-12-01 05:55:35.394504','2026-12-01 05:55:35.448920','2026-12-01 05:55:35.448920',NULL,NULL,'',NULL,4,NULL,NULL);
CREATE TABLE "articles_issueitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "issue_id" bigint NOT NULL REFERENCES "articles_issue" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "issue_names_edition_once" UNIQUE ("issue_id", "edition_id"));
INSERT INTO articles_issueitem VALUES(1,1,1,1);
CREATE TABLE "articles_unsavedissue" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" text NOT NULL, "introduction" text NOT NULL, "at" datetime NOT NULL, "issue_id" bigint NOT NULL REFERENCES "articles_issue" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unsaved_issue_once_for_each_user" UNIQUE ("issue_id", "user_id"));
CREATE TABLE "articles_textchange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(11) NOT NULL, "key" varchar(140) NOT NULL, "texts_before" text NOT NULL CHECK ((JSON_VALID("texts_before") OR "texts_before" IS NULL)), "texts_after" text NOT NULL CHECK ((JSON_VALID("texts_after") OR "texts_after" IS NULL)), "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "textchange_kind_known" CHECK ("kind" IN ('term', 'topic', 'section', 'contributor', 'drug')));
CREATE TABLE "articles_suppression" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "reason" varchar(12) NOT NULL, "at" datetime NOT NULL, "swept_at" datetime NULL, CONSTRAINT "suppression_reason_known" CHECK ("reason" IN ('erased', 'bounced', 'complained', 'not_me')));
INSERT INTO articles_suppression VALUES(1,'0000000000000000000000000000000000000000000000000000000000000000','erased','2026-12-01 05:55:35.393118',NULL);
CREATE TABLE "articles_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(12) NOT NULL, "message_id" varchar(200) NOT NULL UNIQUE, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "next_at" datetime NOT NULL, "first_tried_at" datetime NULL, "claimed_by" varchar(80) NOT NULL, "lease_until" datetime NULL, "was_uncertain" bool NOT NULL, "answer" text NOT NULL, "settled_at" datetime NULL, "subscription_id" bigint NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, "issue_id" bigint NOT NULL REFERENCES "articles_issue" ("id") DEFERRABLE INITIALLY DEFERRED, "sections" varchar(500) NOT NULL, "tried_at" datetime NULL, CONSTRAINT "delivery_once" UNIQUE ("issue_id", "subscription_id"), CONSTRAINT "delivery_state_known" CHECK ("state" IN ('queued', 'claimed', 'handed_over', 'refused', 'uncertain', 'withheld')), CONSTRAINT "delivery_claimed_has_lease" CHECK ((("lease_until" IS NOT NULL AND "state" = 'claimed') OR NOT ("state" = 'claimed'))), CONSTRAINT "delivery_settled_has_its_time" CHECK ((("settled_at" IS NOT NULL AND "state" IN ('handed_over', 'refused', 'withheld')) OR (NOT ("state" IN ('handed_over', 'refused', 'withheld')) AND "settled_at" IS NULL))));
INSERT INTO articles_delivery VALUES(1,'queued','<c5d286d9f4bcfd9ba961c9ae4a2982eccaf08999@testserver>',0,'2026-12-01 05:55:35.448920',NULL,'',NULL,0,'',NULL,1,1,',treatments,',NULL);
CREATE TABLE "articles_creditevidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page" varchar(500) NOT NULL, "seen_at" datetime NOT NULL, "file_digest" varchar(64) NOT NULL, "note" varchar(300) NOT NULL, "document" varchar(120) NOT NULL, "document_name" varchar(200) NOT NULL, "document_digest" varchar(64) NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "credit_id" bigint NOT NULL REFERENCES "articles_imagecredit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "evidence_shows_something" CHECK ((NOT ("page" = '') OR NOT ("document" = ''))), CONSTRAINT "evidence_document_with_digest" CHECK ((("document" = '' AND "document_digest" = '') OR (NOT ("document" = '') AND NOT ("document_digest" = '')))));
INSERT INTO articles_creditevidence VALUES(1,'https://example.org/work','2026-12-01 05:55:34.692182','458db1a20eb42bd3ed9db7fbe96b0f0ba4278763af82a720f529b20fb096c720','','','','',1,1);
CREATE TABLE "articles_editionpicture" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" varchar(4) NOT NULL, "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "image_id" bigint NOT NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "edition_picture_once_in_a_place" UNIQUE ("edition_id", "image_id", "place"));
INSERT INTO articles_editionpicture VALUES(1,'lead',1,1);
INSERT INTO articles_editionpicture VALUES(2,'lead',2,1);
CREATE TABLE "articles_imageevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(9) NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "image_id" bigint NOT NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, "replacement_id" bigint NULL REFERENCES "articles_image" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "image_event_names_replacement" CHECK ((("kind" = 'replaced' AND "replacement_id" IS NOT NULL) OR (NOT ("kind" = 'replaced') AND "replacement_id" IS NULL))), CONSTRAINT "image_withdrawn_says_why" CHECK ((NOT ("kind" = 'withdrawn') OR NOT ("reason" = ''))), CONSTRAINT "image_event_of_two_pictures" CHECK (NOT ("replacement_id" = ("image_id") AND "replacement_id" IS NOT NULL)));
CREATE TABLE "articles_bounceevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "status" varchar(12) NOT NULL, "said" varchar(500) NOT NULL, "is_pending" bool NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "at" datetime NOT NULL, "delivery_id" bigint NULL REFERENCES "articles_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "subscription_id" bigint NOT NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "bounce_event_kind_known" CHECK ("kind" IN ('hard', 'soft', 'ours', 'complaint')));
CREATE TABLE "articles_inboxcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL, "kind" varchar(10) NOT NULL, "at" datetime NOT NULL, CONSTRAINT "inbox_count_kind_known" CHECK ("kind" IN ('question', 'key')));
CREATE TABLE "articles_networkcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "on" date NOT NULL, "requests" integer unsigned NOT NULL CHECK ("requests" >= 0));
CREATE TABLE "articles_outgoingmail" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(30) NOT NULL, "to" varchar(254) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "context" text NOT NULL CHECK ((JSON_VALID("context") OR "context" IS NULL)), "queued_at" datetime NOT NULL, "next_at" datetime NOT NULL, "began_at" datetime NULL, "doubts" smallint unsigned NOT NULL CHECK ("doubts" >= 0), "subscription_id" bigint NULL REFERENCES "articles_subscription" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "outgoing_mail_doubted_once_it_was_begun" CHECK (("began_at" IS NOT NULL OR "doubts" = 0)));
CREATE TABLE "articles_alarm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(80) NOT NULL UNIQUE, "sentence" text NOT NULL, "raised_at" datetime NOT NULL, "told_at" datetime NULL, "over_at" datetime NULL, "issue_id" bigint NULL REFERENCES "articles_issue" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_restore" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "backup_at" datetime NOT NULL, "restored_at" datetime NOT NULL, "events" text NOT NULL CHECK ((JSON_VALID("events") OR "events" IS NULL)), "answer" varchar(8) NOT NULL, "answered_at" datetime NULL, "answered_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "restore_answered_with_time" CHECK ((("answer" = '' AND "answered_at" IS NULL) OR ("answer" IN ('go_on', 'hold') AND "answered_at" IS NOT NULL))));
CREATE TABLE "articles_pace" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "next_at" datetime NOT NULL, CONSTRAINT "pace_is_one" CHECK ("id" = 1));
CREATE TABLE "articles_publicstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint NOT NULL);
INSERT INTO articles_publicstate VALUES(1,755656556723485177);
CREATE TABLE "articles_editiontopic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "topic_id" bigint NOT NULL REFERENCES "articles_topic" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "edition_filed_once_under_topic" UNIQUE ("edition_id", "topic_id"));
INSERT INTO articles_editiontopic VALUES(1,1,1);
INSERT INTO articles_editiontopic VALUES(2,2,1);
CREATE TABLE "articles_term" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "slug" varchar(80) NOT NULL UNIQUE, "synonyms" text NOT NULL CHECK ((JSON_VALID("synonyms") OR "synonyms" IS NULL)), "definition" text NOT NULL, "source" varchar(200) NOT NULL, "source_url" varchar(500) NOT NULL, CONSTRAINT "term_says_something" CHECK ((NOT ("name" = '') AND NOT ("definition" = ''))));
INSERT INTO articles_term VALUES(5,'analgesic','analgesic','["analgesics", "painkiller", "pain reliever"]','A medicine that relieves pain.','MedlinePlus, Pain Relievers','https://medlineplus.gov/painrelievers.html');
CREATE TABLE "articles_answertally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" varchar(200) NOT NULL, "yes" integer unsigned NOT NULL CHECK ("yes" >= 0), "no" integer unsigned NOT NULL CHECK ("no" >= 0), "unsure" integer unsigned NOT NULL CHECK ("unsure" >= 0), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "tally_of_a_question_once" UNIQUE ("article_id", "question"));
CREATE TABLE "articles_retractionnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "record_id" integer unsigned NOT NULL UNIQUE CHECK ("record_id" >= 0), "nature" varchar(10) NOT NULL, "title" text NOT NULL, "journal" varchar(300) NOT NULL, "noticed_on" date NULL, "doi" varchar(300) NOT NULL, "pmid" varchar(10) NOT NULL, "notice_doi" varchar(300) NOT NULL, "notice_pmid" varchar(10) NOT NULL, "reasons" text NOT NULL CHECK ((JSON_VALID("reasons") OR "reasons" IS NULL)), CONSTRAINT "retraction_nature_known" CHECK ("nature" IN ('retracted', 'doubted', 'corrected', 'reinstated')), CONSTRAINT "retraction_of_a_known_paper" CHECK ((NOT ("doi" = '') OR NOT ("pmid" = ''))));
CREATE TABLE "articles_acknowledgement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" text NOT NULL, "at" datetime NOT NULL, "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "notice_id" bigint NOT NULL REFERENCES "articles_retractionnotice" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "acknowledged_once_per_article" UNIQUE ("article_id", "notice_id"), CONSTRAINT "acknowledgement_says_why" CHECK (NOT ("reason" = '')));
CREATE TABLE "articles_sourcenote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "citation" text NOT NULL, "doi" varchar(200) NOT NULL, "pmid" varchar(100) NOT NULL, "successor" text NOT NULL, "successor_doi" varchar(200) NOT NULL, "successor_pmid" varchar(100) NOT NULL, "successor_url" varchar(500) NOT NULL, "classic" text NOT NULL, "at" datetime NOT NULL, "by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "source_note_says_something" CHECK ((NOT ("successor" = '') OR NOT ("classic" = ''))), CONSTRAINT "source_successor_can_be_found" CHECK (("successor" = '' OR NOT ("successor_doi" = '') OR NOT ("successor_pmid" = '') OR NOT ("successor_url" = ''))));
CREATE TABLE "articles_sentencereport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "passage" integer unsigned NOT NULL CHECK ("passage" >= 0), "quoted" text NOT NULL, "wrong" text NOT NULL, "reader_severity" varchar(10) NOT NULL, "severity" varchar(10) NOT NULL, "email" varchar(254) NOT NULL, "received_at" datetime NOT NULL, "outcome" varchar(10) NOT NULL, "answer" text NOT NULL, "answered_at" datetime NULL, "mailed_at" datetime NULL, "answered_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "fixed_in_id" bigint NULL REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_severity_known" CHECK (("severity" IN ('harm', 'wrong', 'unclear', 'typo') AND "reader_severity" IN ('harm', 'wrong', 'unclear', 'typo'))), CONSTRAINT "report_says_what_is_wrong" CHECK (NOT ("wrong" = '')), CONSTRAINT "report_open_or_answered" CHECK ((("answered_at" IS NULL AND "answered_by_id" IS NULL AND "outcome" = '') OR ("answered_at" IS NOT NULL AND "answered_by_id" IS NOT NULL AND "outcome" IN ('corrected', 'unchanged') AND NOT ("answer" = '')) OR ("answered_at" IS NOT NULL AND "answered_by_id" IS NOT NULL AND "outcome" = 'unusable'))), CONSTRAINT "report_corrected_in_an_edition" CHECK ((("fixed_in_id" IS NOT NULL AND "outcome" = 'corrected') OR (NOT ("outcome" = 'corrected') AND "fixed_in_id" IS NULL))));
INSERT INTO articles_sentencereport VALUES(1,0,'It may help.','It may not.','wrong','wrong','','2026-12-01 05:55:35.705418','','',NULL,NULL,NULL,1,NULL);
CREATE TABLE "articles_trace" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "network" varchar(64) NOT NULL, "at" datetime NOT NULL);
CREATE TABLE "articles_tracekey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL UNIQUE, "key" varchar(64) NOT NULL);
CREATE TABLE "articles_searchword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "word" varchar(60) NOT NULL UNIQUE, "length" smallint unsigned NOT NULL CHECK ("length" >= 0));
INSERT INTO articles_searchword VALUES(1,'about',5);
INSERT INTO articles_searchword VALUES(2,'benefits',8);
INSERT INTO articles_searchword VALUES(3,'harm',4);
INSERT INTO articles_searchword VALUES(4,'help',4);
INSERT INTO articles_searchword VALUES(5,'person',6);
INSERT INTO articles_searchword VALUES(6,'pump',4);
INSERT INTO articles_searchword VALUES(7,'pumps',5);
INSERT INTO articles_searchword VALUES(8,'risks',5);
INSERT INTO articles_searchword VALUES(9,'some',4);
INSERT INTO articles_searchword VALUES(10,'treatments',10);
INSERT INTO articles_searchword VALUES(11,'what',4);
INSERT INTO articles_searchword VALUES(12,'words',5);
CREATE TABLE "articles_searchmiss" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" varchar(60) NOT NULL, "on" date NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), CONSTRAINT "search_miss_once_a_day" UNIQUE ("on", "question"));
CREATE TABLE "articles_searchentry" ("edition_id" bigint NOT NULL PRIMARY KEY REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "article_id" bigint NOT NULL, "live_from" datetime NOT NULL, "live_until" datetime NULL, "first_live_from" datetime NOT NULL, "topics" varchar(500) NOT NULL, "section_id" bigint NOT NULL REFERENCES "articles_section" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO articles_searchentry VALUES(1,1,'2026-12-01 05:55:35.264326','2026-12-01 05:55:35.913935','2026-12-01 05:55:35.264326','|pumps|',2);
INSERT INTO articles_searchentry VALUES(2,1,'2026-12-01 05:55:35.913935',NULL,'2026-12-01 05:55:35.264326','|pumps|',2);
CREATE TABLE "articles_dayofopens" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "opens_once_a_day" UNIQUE ("article_id", "on"));
CREATE TABLE "articles_hourofopens" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "article_id" bigint NOT NULL REFERENCES "articles_article" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "opens_once_an_hour" UNIQUE ("article_id", "at"));
CREATE TABLE "articles_pagetext" ("edition_id" bigint NOT NULL PRIMARY KEY REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "digest" varchar(64) NOT NULL, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "content" text NOT NULL);
INSERT INTO articles_pagetext VALUES(1,'b31b8705ce06581bff95651d09c0da81b2e93eadbaf34c80be6c5800e2baa23b','{"pictures": [], "dois": [], "pmids": []}','{"page": {"pieces": ["<p>Some words about it.<sup><button id=\"r1a\" popovertarget=\"cite-1\" aria-label=\"Reference 1\">1</button></sup></p>", "\n<h2 id=\"s-benefits\">Benefits</h2><p>It may help.</p>\n<section class=\"box risk\"><h2 id=\"s-risks\">Risks</h2><p>It may harm.<sup><button id=\"r1b\" popovertarget=\"cite-1\" aria-label=\"Reference 1\">1</button></sup></p></section>"], "pictures": [-1], "is_flat": true, "headings": [{"id": "s-benefits", "level": 2, "text": "Benefits", "lang": ""}, {"id": "s-risks", "level": 2, "text": "Risks", "lang": ""}], "terms": [], "has_signs": false, "drawings": [0], "cited": [2]}, "medicines": [], "tells_of_crisis": false}');
INSERT INTO articles_pagetext VALUES(2,'b31b8705ce06581bff95651d09c0da81b2e93eadbaf34c80be6c5800e2baa23b','{"pictures": [], "dois": [], "pmids": []}','{"page": {"pieces": ["<p>Some words about it.<sup><button id=\"r1a\" popovertarget=\"cite-1\" aria-label=\"Reference 1\">1</button></sup></p>", "\n<h2 id=\"s-benefits\">Benefits</h2><p>It may help.</p>\n<section class=\"box risk\"><h2 id=\"s-risks\">Risks</h2><p>It may harm.<sup><button id=\"r1b\" popovertarget=\"cite-1\" aria-label=\"Reference 1\">1</button></sup></p></section>"], "pictures": [-1], "is_flat": true, "headings": [{"id": "s-benefits", "level": 2, "text": "Benefits", "lang": ""}, {"id": "s-risks", "level": 2, "text": "Risks", "lang": ""}], "terms": [], "has_signs": false, "drawings": [0], "cited": [2]}, "medicines": [], "tells_of_crisis": false}');
CREATE TABLE "articles_pagetext_medicines" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pagetext_id" bigint NOT NULL REFERENCES "articles_pagetext" ("edition_id") DEFERRABLE INITIALLY DEFERRED, "drug_id" bigint NOT NULL REFERENCES "articles_drug" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "articles_readnext" ("edition_id" bigint NOT NULL PRIMARY KEY REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "articles" text NOT NULL CHECK ((JSON_VALID("articles") OR "articles" IS NULL)), "looked_at" datetime NOT NULL);
CREATE TABLE "articles_sharecard" ("edition_id" bigint NOT NULL PRIMARY KEY REFERENCES "articles_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "digest" varchar(24) NOT NULL);
CREATE VIRTUAL TABLE articles_search USING fts5(title, names, standfirst, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4');
INSERT INTO articles_search(rowid, title, names, standfirst, body) VALUES(1,'pump','treatment pump person 0','what a pump can do','some word about it 1 benefit it may help risk it may harm 1');
INSERT INTO articles_search(rowid, title, names, standfirst, body) VALUES(2,'pump','treatment pump person 0','what a pump can do and what not','some word about it 1 benefit it may help risk it may harm 1');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE INDEX "otp_totp_totpdevice_user_id_0fb18292" ON "otp_totp_totpdevice" ("user_id");
CREATE INDEX "otp_static_statictoken_token_d0a51866" ON "otp_static_statictoken" ("token");
CREATE INDEX "otp_static_statictoken_device_id_74b7c7d1" ON "otp_static_statictoken" ("device_id");
CREATE INDEX "otp_static_staticdevice_user_id_7f9cff2b" ON "otp_static_staticdevice" ("user_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE UNIQUE INDEX "topic_mesh_id_once" ON "articles_topic" ("mesh_id") WHERE NOT ("mesh_id" = '');
CREATE INDEX "articles_topic_parent_id_29f4f64b" ON "articles_topic" ("parent_id");
CREATE INDEX "articles_topic_section_id_c1ad7305" ON "articles_topic" ("section_id");
CREATE UNIQUE INDEX "articles_topic_medicines_topic_id_drug_id_0fddf9b8_uniq" ON "articles_topic_medicines" ("topic_id", "drug_id");
CREATE INDEX "articles_topic_medicines_topic_id_ba8abba4" ON "articles_topic_medicines" ("topic_id");
CREATE INDEX "articles_topic_medicines_drug_id_8eab8088" ON "articles_topic_medicines" ("drug_id");
CREATE INDEX "articles_contributor_credentials_checked_by_id_9ccfcff5" ON "articles_contributor" ("credentials_checked_by_id");
CREATE INDEX "articles_image_uploaded_by_id_1d17a509" ON "articles_image" ("uploaded_by_id");
CREATE INDEX "articles_image_original_5f166e16" ON "articles_image" ("original");
CREATE INDEX "articles_image_replaced_by_id_43fd9f62" ON "articles_image" ("replaced_by_id");
CREATE INDEX "image_uploaded" ON "articles_image" ("uploaded_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "article_address_once" ON "articles_article" ("slug") WHERE NOT ("slug" = '');
CREATE UNIQUE INDEX "article_imported_once" ON "articles_article" ("import_digest") WHERE NOT ("import_digest" = '');
CREATE UNIQUE INDEX "article_begun_once" ON "articles_article" ("created_by_id", "draft_key") WHERE NOT ("draft_key" = '');
CREATE INDEX "articles_article_slug_cc61df93" ON "articles_article" ("slug");
CREATE INDEX "articles_article_assigned_to_id_d2d99d35" ON "articles_article" ("assigned_to_id");
CREATE INDEX "articles_article_created_by_id_b1067734" ON "articles_article" ("created_by_id");
CREATE INDEX "articles_article_lead_image_id_5c6fe229" ON "articles_article" ("lead_image_id");
CREATE INDEX "articles_article_section_id_624070f6" ON "articles_article" ("section_id");
CREATE INDEX "articles_article_deleted_by_id_acb3e73e" ON "articles_article" ("deleted_by_id");
CREATE INDEX "article_changed" ON "articles_article" ("changed_at" DESC, "id" DESC);
CREATE INDEX "article_deleted" ON "articles_article" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE UNIQUE INDEX "articles_article_topics_article_id_topic_id_e17776b6_uniq" ON "articles_article_topics" ("article_id", "topic_id");
CREATE INDEX "articles_article_topics_article_id_40a728e9" ON "articles_article_topics" ("article_id");
CREATE INDEX "articles_article_topics_topic_id_64d77542" ON "articles_article_topics" ("topic_id");
CREATE INDEX "articles_byline_article_id_b3b9786c" ON "articles_byline" ("article_id");
CREATE INDEX "articles_byline_contributor_id_2fed9225" ON "articles_byline" ("contributor_id");
CREATE INDEX "articles_imagecredit_found_in_id_d8573e8e" ON "articles_imagecredit" ("found_in_id");
CREATE INDEX "articles_imagecredit_dismissed_by_id_a2e6a7d5" ON "articles_imagecredit" ("dismissed_by_id");
CREATE INDEX "credit_rights_end" ON "articles_imagecredit" ("rights_end_on");
CREATE INDEX "articles_reference_article_id_ee6dbb6e" ON "articles_reference" ("article_id");
CREATE INDEX "articles_revision_article_id_2d2af917" ON "articles_revision" ("article_id");
CREATE INDEX "articles_revision_by_id_59de87fb" ON "articles_revision" ("by_id");
CREATE INDEX "revision_signed" ON "articles_revision" ("article_id", "signed_digest");
CREATE INDEX "revision_newest" ON "articles_revision" ("article_id", "number" DESC, "is_autosave", "signed_digest");
CREATE INDEX "articles_review_reviewer_id_dfb76422" ON "articles_review" ("reviewer_id");
CREATE INDEX "articles_review_revision_id_a34ffeb9" ON "articles_review" ("revision_id");
CREATE INDEX "articles_review_carried_by_id_96c7bdda" ON "articles_review" ("carried_by_id");
CREATE INDEX "articles_review_carried_from_id_fc6dea9c" ON "articles_review" ("carried_from_id");
CREATE INDEX "review_due" ON "articles_review" ("due_on");
CREATE INDEX "review_withdrawn" ON "articles_review" ("withdrawn_at") WHERE "withdrawn_at" IS NOT NULL;
CREATE UNIQUE INDEX "edition_one_open_per_article" ON "articles_edition" ("article_id") WHERE "live_until" IS NULL;
CREATE INDEX "articles_edition_slug_2b3ffe7a" ON "articles_edition" ("slug");
CREATE INDEX "articles_edition_article_id_7f9247b9" ON "articles_edition" ("article_id");
CREATE INDEX "articles_edition_by_id_6439f021" ON "articles_edition" ("by_id");
CREATE INDEX "articles_edition_lead_image_id_b60e9c73" ON "articles_edition" ("lead_image_id");
CREATE INDEX "articles_edition_erratum_id_fe398a8e" ON "articles_edition" ("erratum_id");
CREATE INDEX "articles_edition_review_id_b899f5f4" ON "articles_edition" ("review_id");
CREATE INDEX "articles_edition_revision_id_53dd3e2c" ON "articles_edition" ("revision_id");
CREATE INDEX "articles_edition_hub_of_id_81b5eae0" ON "articles_edition" ("hub_of_id");
CREATE INDEX "articles_edition_section_id_02a7db8c" ON "articles_edition" ("section_id");
CREATE INDEX "edition_address" ON "articles_edition" ("slug", "live_from");
CREATE INDEX "edition_interval" ON "articles_edition" ("live_from", "live_until", "kind", "page_type");
CREATE INDEX "edition_of_article" ON "articles_edition" ("article_id", "live_from" DESC, "live_until", "kind", "revision_id", "number");
CREATE INDEX "edition_end" ON "articles_edition" ("live_until");
CREATE INDEX "edition_elsewhere" ON "articles_edition" ("first_published_url");
CREATE INDEX "edition_section_list" ON "articles_edition" ("section_id", "first_live_from" DESC, "id" DESC, "live_from", "live_until", "kind", "page_type");
CREATE INDEX "edition_list" ON "articles_edition" ("first_live_from" DESC, "id" DESC, "live_from", "live_until", "kind", "page_type");
CREATE INDEX "articles_editionbyline_contributor_id_b9c78d07" ON "articles_editionbyline" ("contributor_id");
CREATE INDEX "articles_editionbyline_edition_id_44a57044" ON "articles_editionbyline" ("edition_id");
CREATE UNIQUE INDEX "subscription_address_once" ON "articles_subscription" ((LOWER("email")));
CREATE INDEX "subscription_list" ON "articles_subscription" ("requested_at" DESC, "id" DESC);
CREATE INDEX "subscription_counted" ON "articles_subscription" ("state", "wants", "paused_until");
CREATE UNIQUE INDEX "articles_subscription_sections_subscription_id_section_id_582ef627_uniq" ON "articles_subscription_sections" ("subscription_id", "section_id");
CREATE INDEX "articles_subscription_sections_subscription_id_cd9faed9" ON "articles_subscription_sections" ("subscription_id");
CREATE INDEX "articles_subscription_sections_section_id_eddb37a4" ON "articles_subscription_sections" ("section_id");
CREATE INDEX "articles_consentevent_subscription_id_5e3e2a65" ON "articles_consentevent" ("subscription_id");
CREATE INDEX "articles_subscriptiontoken_subscription_id_ef374a49" ON "articles_subscriptiontoken" ("subscription_id");
CREATE INDEX "articles_opening_article_id_7e7989f2" ON "articles_opening" ("article_id");
CREATE INDEX "articles_opening_user_id_4a188d13" ON "articles_opening" ("user_id");
CREATE INDEX "articles_comment_article_id_59ff1409" ON "articles_comment" ("article_id");
CREATE INDEX "articles_comment_by_id_d10bc7a5" ON "articles_comment" ("by_id");
CREATE INDEX "articles_comment_parent_id_4a4b0b82" ON "articles_comment" ("parent_id");
CREATE INDEX "articles_comment_resolved_by_id_237d864d" ON "articles_comment" ("resolved_by_id");
CREATE INDEX "articles_comment_reviewer_id_68a990ab" ON "articles_comment" ("reviewer_id");
CREATE INDEX "articles_comment_revision_id_2c284c39" ON "articles_comment" ("revision_id");
CREATE INDEX "comment_open" ON "articles_comment" ("article_id") WHERE "resolved_at" IS NULL;
CREATE INDEX "articles_savedfilter_user_id_db1c83b6" ON "articles_savedfilter" ("user_id");
CREATE INDEX "articles_mutednotice_user_id_ace373c4" ON "articles_mutednotice" ("user_id");
CREATE INDEX "articles_notice_article_id_b46c8518" ON "articles_notice" ("article_id");
CREATE INDEX "articles_notice_user_id_8fb11cab" ON "articles_notice" ("user_id");
CREATE INDEX "notice_waiting" ON "articles_notice" ("user_id") WHERE "mailed_at" IS NULL;
CREATE INDEX "notice_mailed" ON "articles_notice" ("user_id", "mailed_at");
CREATE INDEX "articles_reviewtask_article_id_2930e894" ON "articles_reviewtask" ("article_id");
CREATE INDEX "articles_reviewtask_asked_by_id_3eeafe77" ON "articles_reviewtask" ("asked_by_id");
CREATE INDEX "articles_reviewtask_reviewer_id_ced683f7" ON "articles_reviewtask" ("reviewer_id");
CREATE INDEX "articles_reviewtask_revision_id_6c8533a6" ON "articles_reviewtask" ("revision_id");
CREATE INDEX "review_task_due" ON "articles_reviewtask" ("due_on") WHERE "taken_back_at" IS NULL;
CREATE INDEX "articles_correction_corrected_id_582c3917" ON "articles_correction" ("corrected_id");
CREATE INDEX "articles_reachchoice_by_id_23a4dcd7" ON "articles_reachchoice" ("by_id");
CREATE INDEX "articles_reachchoice_correction_id_54a42427" ON "articles_reachchoice" ("correction_id");
CREATE INDEX "articles_reachchoice_edition_id_bc8e3590" ON "articles_reachchoice" ("edition_id");
CREATE INDEX "articles_possiblerepeat_correction_id_6ba7ef5a" ON "articles_possiblerepeat" ("correction_id");
CREATE INDEX "articles_possiblerepeat_decided_by_id_29776556" ON "articles_possiblerepeat" ("decided_by_id");
CREATE UNIQUE INDEX "drug_named_once" ON "articles_drug" ((LOWER("name")));
CREATE INDEX "articles_drug_label_id_be67af44" ON "articles_drug" ("label_id");
CREATE INDEX "articles_drug_checked_label_id_4a4211a8" ON "articles_drug" ("checked_label_id");
CREATE INDEX "articles_drug_checked_by_id_f118f553" ON "articles_drug" ("checked_by_id");
CREATE INDEX "articles_drawing_checked_by_id_a95596e1" ON "articles_drawing" ("checked_by_id");
CREATE UNIQUE INDEX "procedure_named_once" ON "articles_procedure" ((LOWER("name")));
CREATE INDEX "articles_procedure_checked_by_id_981df107" ON "articles_procedure" ("checked_by_id");
CREATE INDEX "articles_label_drug_id_80ec7ebd" ON "articles_label" ("drug_id");
CREATE INDEX "articles_reviewanswer_review_id_46db84a1" ON "articles_reviewanswer" ("review_id");
CREATE INDEX "reviewanswer_to_a_question" ON "articles_reviewanswer" ("digest");
CREATE INDEX "articles_override_agreed_by_id_7f340f83" ON "articles_override" ("agreed_by_id");
CREATE INDEX "articles_override_article_id_fc144e2d" ON "articles_override" ("article_id");
CREATE INDEX "articles_override_asked_by_id_9f8fa781" ON "articles_override" ("asked_by_id");
CREATE UNIQUE INDEX "invitation_once_for_an_address" ON "articles_invitation" ((LOWER("email")));
CREATE INDEX "articles_invitation_invited_by_id_32dd8b84" ON "articles_invitation" ("invited_by_id");
CREATE UNIQUE INDEX "safeguard_change_one_open_contributor" ON "articles_safeguardchange" ("contributor_id", "field") WHERE ("applied_at" IS NULL AND "contributor_id" IS NOT NULL AND "stopped_at" IS NULL);
CREATE UNIQUE INDEX "safeguard_change_one_open_section" ON "articles_safeguardchange" ("section_id", "field") WHERE ("applied_at" IS NULL AND "section_id" IS NOT NULL AND "stopped_at" IS NULL);
CREATE INDEX "articles_safeguardchange_asked_by_id_9e7a3d65" ON "articles_safeguardchange" ("asked_by_id");
CREATE INDEX "articles_safeguardchange_confirmed_by_id_9d9bbfda" ON "articles_safeguardchange" ("confirmed_by_id");
CREATE INDEX "articles_safeguardchange_contributor_id_5305989d" ON "articles_safeguardchange" ("contributor_id");
CREATE INDEX "articles_safeguardchange_section_id_fda8babf" ON "articles_safeguardchange" ("section_id");
CREATE INDEX "articles_safeguardchange_stopped_by_id_4b58fd51" ON "articles_safeguardchange" ("stopped_by_id");
CREATE INDEX "articles_settledaccount_user_id_3f7cde83" ON "articles_settledaccount" ("user_id");
CREATE UNIQUE INDEX "issue_once_a_week" ON "articles_issue" ("week") WHERE (NOT ("week" = '') AND "continues_id" IS NULL);
CREATE INDEX "articles_issue_approved_by_id_61277c22" ON "articles_issue" ("approved_by_id");
CREATE INDEX "articles_issueitem_edition_id_6ddf5f9a" ON "articles_issueitem" ("edition_id");
CREATE INDEX "articles_issueitem_issue_id_73f6067d" ON "articles_issueitem" ("issue_id");
CREATE INDEX "articles_unsavedissue_issue_id_73a81a6a" ON "articles_unsavedissue" ("issue_id");
CREATE INDEX "articles_unsavedissue_user_id_b700e839" ON "articles_unsavedissue" ("user_id");
CREATE INDEX "articles_textchange_by_id_ed947dfa" ON "articles_textchange" ("by_id");
CREATE INDEX "textchange_of_a_text" ON "articles_textchange" ("kind", "key");
CREATE INDEX "articles_delivery_subscription_id_6650ddc5" ON "articles_delivery" ("subscription_id");
CREATE INDEX "articles_delivery_issue_id_0b62f509" ON "articles_delivery" ("issue_id");
CREATE INDEX "delivery_queue" ON "articles_delivery" ("issue_id", "state", "next_at", "id");
CREATE INDEX "delivery_tried" ON "articles_delivery" ("tried_at");
CREATE INDEX "articles_creditevidence_by_id_985b8f9f" ON "articles_creditevidence" ("by_id");
CREATE INDEX "articles_creditevidence_credit_id_0c4b6698" ON "articles_creditevidence" ("credit_id");
CREATE INDEX "articles_editionpicture_edition_id_75589eb1" ON "articles_editionpicture" ("edition_id");
CREATE INDEX "articles_editionpicture_image_id_d9facad5" ON "articles_editionpicture" ("image_id");
CREATE INDEX "articles_imageevent_by_id_f2d0faec" ON "articles_imageevent" ("by_id");
CREATE INDEX "articles_imageevent_image_id_45b6fd3f" ON "articles_imageevent" ("image_id");
CREATE INDEX "articles_imageevent_replacement_id_9a38bab6" ON "articles_imageevent" ("replacement_id");
CREATE INDEX "articles_bounceevent_delivery_id_e43d4a2f" ON "articles_bounceevent" ("delivery_id");
CREATE INDEX "articles_bounceevent_subscription_id_f7c3be69" ON "articles_bounceevent" ("subscription_id");
CREATE INDEX "inbox_count" ON "articles_inboxcount" ("digest", "kind", "at");
CREATE INDEX "inbox_count_at" ON "articles_inboxcount" ("kind", "at");
CREATE INDEX "articles_outgoingmail_subscription_id_e77c258e" ON "articles_outgoingmail" ("subscription_id");
CREATE INDEX "outgoing_mail_due" ON "articles_outgoingmail" ("next_at");
CREATE INDEX "articles_alarm_issue_id_1141c49d" ON "articles_alarm" ("issue_id");
CREATE INDEX "articles_restore_answered_by_id_92219df6" ON "articles_restore" ("answered_by_id");
CREATE INDEX "articles_editiontopic_edition_id_1a505ffb" ON "articles_editiontopic" ("edition_id");
CREATE INDEX "articles_editiontopic_topic_id_e650334c" ON "articles_editiontopic" ("topic_id");
CREATE UNIQUE INDEX "term_named_once" ON "articles_term" ((LOWER("name")));
CREATE INDEX "articles_answertally_article_id_dd51b8e8" ON "articles_answertally" ("article_id");
CREATE INDEX "articles_retractionnotice_doi_c25cab51" ON "articles_retractionnotice" ("doi");
CREATE INDEX "articles_retractionnotice_pmid_23dbec15" ON "articles_retractionnotice" ("pmid");
CREATE INDEX "articles_retractionnotice_notice_doi_93f6c702" ON "articles_retractionnotice" ("notice_doi");
CREATE INDEX "articles_retractionnotice_notice_pmid_3bd8f09a" ON "articles_retractionnotice" ("notice_pmid");
CREATE INDEX "articles_acknowledgement_article_id_812abe11" ON "articles_acknowledgement" ("article_id");
CREATE INDEX "articles_acknowledgement_by_id_1a8de253" ON "articles_acknowledgement" ("by_id");
CREATE INDEX "articles_acknowledgement_notice_id_4f3fe313" ON "articles_acknowledgement" ("notice_id");
CREATE UNIQUE INDEX "source_noted_once" ON "articles_sourcenote" ("doi") WHERE NOT ("doi" = '');
CREATE INDEX "articles_sourcenote_doi_7583120a" ON "articles_sourcenote" ("doi");
CREATE INDEX "articles_sourcenote_pmid_67d89a70" ON "articles_sourcenote" ("pmid");
CREATE INDEX "articles_sourcenote_by_id_1507d117" ON "articles_sourcenote" ("by_id");
CREATE INDEX "articles_sentencereport_answered_by_id_591a53e4" ON "articles_sentencereport" ("answered_by_id");
CREATE INDEX "articles_sentencereport_edition_id_956bde37" ON "articles_sentencereport" ("edition_id");
CREATE INDEX "articles_sentencereport_fixed_in_id_2cd94437" ON "articles_sentencereport" ("fixed_in_id");
CREATE INDEX "report_open" ON "articles_sentencereport" ("answered_at", "severity");
CREATE INDEX "trace_of_a_network" ON "articles_trace" ("network", "at");
CREATE INDEX "articles_searchword_length_7723429c" ON "articles_searchword" ("length");
CREATE INDEX "articles_searchentry_article_id_d3042568" ON "articles_searchentry" ("article_id");
CREATE INDEX "articles_searchentry_live_from_8bea56b6" ON "articles_searchentry" ("live_from");
CREATE INDEX "articles_searchentry_live_until_bc2a3881" ON "articles_searchentry" ("live_until");
CREATE INDEX "articles_searchentry_section_id_b92ce49f" ON "articles_searchentry" ("section_id");
CREATE INDEX "articles_hourofopens_at_e92b3712" ON "articles_hourofopens" ("at");
CREATE INDEX "articles_pagetext_digest_f5b4af4d" ON "articles_pagetext" ("digest");
CREATE UNIQUE INDEX "articles_pagetext_medicines_pagetext_id_drug_id_2470b1ee_uniq" ON "articles_pagetext_medicines" ("pagetext_id", "drug_id");
CREATE INDEX "articles_pagetext_medicines_pagetext_id_087cd327" ON "articles_pagetext_medicines" ("pagetext_id");
CREATE INDEX "articles_pagetext_medicines_drug_id_2ed9ce23" ON "articles_pagetext_medicines" ("drug_id");
CREATE INDEX "articles_readnext_looked_at_4a0a8edb" ON "articles_readnext" ("looked_at");
CREATE INDEX "articles_sharecard_digest_2193e788" ON "articles_sharecard" ("digest");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE TRIGGER articles_edition_unchanged BEFORE UPDATE ON articles_edition FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."note" IS NOT NEW."note" OR OLD."published_at" IS NOT NEW."published_at" OR OLD."live_from" IS NOT NEW."live_from" OR OLD."first_live_from" IS NOT NEW."first_live_from" OR OLD."slug" IS NOT NEW."slug" OR OLD."topics" IS NOT NEW."topics" OR OLD."title" IS NOT NEW."title" OR OLD."standfirst" IS NOT NEW."standfirst" OR OLD."body" IS NOT NEW."body" OR OLD."lead_caption" IS NOT NEW."lead_caption" OR OLD."signed_pictures" IS NOT NEW."signed_pictures" OR OLD."search_title" IS NOT NEW."search_title" OR OLD."search_description" IS NOT NEW."search_description" OR OLD."first_published_url" IS NOT NEW."first_published_url" OR OLD."first_published_in" IS NOT NEW."first_published_in" OR OLD."closing_question" IS NOT NEW."closing_question" OR OLD."disclosure" IS NOT NEW."disclosure" OR OLD."references" IS NOT NEW."references" OR OLD."search_text" IS NOT NEW."search_text" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."article_id" IS NOT NEW."article_id" OR OLD."by_id" IS NOT NEW."by_id" OR OLD."lead_image_id" IS NOT NEW."lead_image_id" OR OLD."erratum_id" IS NOT NEW."erratum_id" OR OLD."review_id" IS NOT NEW."review_id" OR OLD."revision_id" IS NOT NEW."revision_id" OR OLD."page_type" IS NOT NEW."page_type" OR OLD."hub_of_id" IS NOT NEW."hub_of_id" OR OLD."section_id" IS NOT NEW."section_id" OR OLD."corrections" IS NOT NEW."corrections" OR OLD."set_aside" IS NOT NEW."set_aside" OR OLD."answers" IS NOT NEW."answers" OR OLD."changed_at" IS NOT NEW."changed_at") BEGIN SELECT RAISE(ABORT, 'A published edition cannot be changed.'); END;
CREATE TRIGGER articles_edition_kept BEFORE DELETE ON articles_edition FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A published edition cannot be deleted.'); END;
CREATE TRIGGER articles_editionbyline_unchanged BEFORE UPDATE ON articles_editionbyline FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."credentials" IS NOT NEW."credentials" OR OLD."contributor_id" IS NOT NEW."contributor_id" OR OLD."edition_id" IS NOT NEW."edition_id") BEGIN SELECT RAISE(ABORT, 'A published byline cannot be changed.'); END;
CREATE TRIGGER articles_editionbyline_kept BEFORE DELETE ON articles_editionbyline FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A published byline cannot be deleted.'); END;
CREATE TRIGGER articles_editiontopic_unchanged BEFORE UPDATE ON articles_editiontopic FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."edition_id" IS NOT NEW."edition_id" OR OLD."topic_id" IS NOT NEW."topic_id") BEGIN SELECT RAISE(ABORT, 'A topic of a published edition cannot be changed.'); END;
CREATE TRIGGER articles_editiontopic_kept BEFORE DELETE ON articles_editiontopic FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A topic of a published edition cannot be deleted.'); END;
CREATE TRIGGER articles_topic_no_circle BEFORE UPDATE ON articles_topic FOR EACH ROW WHEN EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT NEW.parent_id
                UNION SELECT topic.parent_id FROM articles_topic topic JOIN above ON topic.id = above.id)
            SELECT 1 FROM above WHERE above.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'A topic cannot stand under one that stands under it.'); END;
CREATE TRIGGER articles_revision_unchanged BEFORE UPDATE ON articles_revision FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."content" IS NOT NEW."content" OR OLD."digest" IS NOT NEW."digest" OR OLD."signed_digest" IS NOT NEW."signed_digest" OR OLD."at" IS NOT NEW."at" OR OLD."is_autosave" IS NOT NEW."is_autosave" OR OLD."article_id" IS NOT NEW."article_id" OR OLD."by_id" IS NOT NEW."by_id") BEGIN SELECT RAISE(ABORT, 'A revision cannot be changed.'); END;
CREATE TRIGGER articles_revision_kept BEFORE DELETE ON articles_revision FOR EACH ROW WHEN NOT (OLD.is_autosave OR EXISTS (
    SELECT 1 FROM articles_article gone WHERE gone.id = OLD.article_id AND gone.deleted_at IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'A revision cannot be deleted.'); END;
CREATE TRIGGER articles_review_unchanged BEFORE UPDATE ON articles_review FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."signed_digest" IS NOT NEW."signed_digest" OR OLD."name" IS NOT NEW."name" OR OLD."credentials" IS NOT NEW."credentials" OR OLD."interests" IS NOT NEW."interests" OR OLD."decision" IS NOT NEW."decision" OR OLD."comments" IS NOT NEW."comments" OR OLD."decided_at" IS NOT NEW."decided_at" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."reviewer_id" IS NOT NEW."reviewer_id" OR OLD."revision_id" IS NOT NEW."revision_id" OR OLD."carried_by_id" IS NOT NEW."carried_by_id" OR OLD."carried_from_id" IS NOT NEW."carried_from_id") BEGIN SELECT RAISE(ABORT, 'A review cannot be changed.'); END;
CREATE TRIGGER articles_review_kept BEFORE DELETE ON articles_review FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A review cannot be deleted.'); END;
CREATE TRIGGER articles_reviewanswer_unchanged BEFORE UPDATE ON articles_reviewanswer FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."digest" IS NOT NEW."digest" OR OLD."finding" IS NOT NEW."finding" OR OLD."subject" IS NOT NEW."subject" OR OLD."sentence" IS NOT NEW."sentence" OR OLD."why" IS NOT NEW."why" OR OLD."answer" IS NOT NEW."answer" OR OLD."note" IS NOT NEW."note" OR OLD."review_id" IS NOT NEW."review_id") BEGIN SELECT RAISE(ABORT, 'A reviewer’s answer cannot be changed.'); END;
CREATE TRIGGER articles_reviewanswer_kept BEFORE DELETE ON articles_reviewanswer FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A reviewer’s answer cannot be deleted.'); END;
CREATE TRIGGER articles_correction_unchanged BEFORE UPDATE ON articles_correction FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."key" IS NOT NEW."key" OR OLD."was" IS NOT NEW."was" OR OLD."now" IS NOT NEW."now" OR OLD."why" IS NOT NEW."why" OR OLD."severity" IS NOT NEW."severity" OR OLD."corrected_id" IS NOT NEW."corrected_id" OR OLD."edition_id" IS NOT NEW."edition_id") BEGIN SELECT RAISE(ABORT, 'A correction cannot be changed.'); END;
CREATE TRIGGER articles_correction_kept BEFORE DELETE ON articles_correction FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A correction cannot be deleted.'); END;
CREATE TRIGGER articles_reachchoice_unchanged BEFORE UPDATE ON articles_reachchoice FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."leaves_out" IS NOT NEW."leaves_out" OR OLD."reason" IS NOT NEW."reason" OR OLD."at" IS NOT NEW."at" OR OLD."by_id" IS NOT NEW."by_id" OR OLD."correction_id" IS NOT NEW."correction_id" OR OLD."edition_id" IS NOT NEW."edition_id") BEGIN SELECT RAISE(ABORT, 'Who is left out of a correction cannot be changed.'); END;
CREATE TRIGGER articles_reachchoice_kept BEFORE DELETE ON articles_reachchoice FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'Who is left out of a correction cannot be deleted.'); END;
CREATE TRIGGER articles_possiblerepeat_unchanged BEFORE UPDATE ON articles_possiblerepeat FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."place" IS NOT NEW."place" OR OLD."kind" IS NOT NEW."kind" OR OLD."row" IS NOT NEW."row" OR OLD."correction_id" IS NOT NEW."correction_id") BEGIN SELECT RAISE(ABORT, 'Where an error may be repeated cannot be changed.'); END;
CREATE TRIGGER articles_possiblerepeat_kept BEFORE DELETE ON articles_possiblerepeat FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'Where an error may be repeated cannot be deleted.'); END;
CREATE TRIGGER articles_possiblerepeat_decided_once BEFORE UPDATE ON articles_possiblerepeat FOR EACH ROW WHEN OLD.decision <> '' BEGIN SELECT RAISE(ABORT, 'Whether an error is repeated is decided once.'); END;
CREATE TRIGGER articles_creditevidence_unchanged BEFORE UPDATE ON articles_creditevidence FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."page" IS NOT NEW."page" OR OLD."seen_at" IS NOT NEW."seen_at" OR OLD."file_digest" IS NOT NEW."file_digest" OR OLD."note" IS NOT NEW."note" OR OLD."document" IS NOT NEW."document" OR OLD."document_name" IS NOT NEW."document_name" OR OLD."document_digest" IS NOT NEW."document_digest" OR OLD."by_id" IS NOT NEW."by_id" OR OLD."credit_id" IS NOT NEW."credit_id") BEGIN SELECT RAISE(ABORT, 'Evidence for a credit cannot be changed.'); END;
CREATE TRIGGER articles_creditevidence_kept BEFORE DELETE ON articles_creditevidence FOR EACH ROW WHEN NOT (NOT EXISTS (SELECT 1 FROM articles_imagecredit proven
    WHERE proven.id = OLD.credit_id AND EXISTS (SELECT 1 FROM articles_edition printed
        WHERE printed.lead_image_id = proven.image_id OR printed.body LIKE '%data-picture="' || proven.image_id || '"%'))) BEGIN SELECT RAISE(ABORT, 'Evidence for a credit cannot be deleted.'); END;
CREATE TRIGGER articles_creditevidence_of_its_file BEFORE INSERT ON articles_creditevidence FOR EACH ROW WHEN NEW.file_digest <> COALESCE((SELECT picture.digest FROM articles_image picture
            JOIN articles_imagecredit proven ON proven.image_id = picture.id WHERE proven.id = NEW.credit_id), '') BEGIN SELECT RAISE(ABORT, 'Evidence names the hash of the picture that it is about.'); END;
CREATE TRIGGER articles_imagecredit_keeps_evidence BEFORE UPDATE ON articles_imagecredit FOR EACH ROW WHEN OLD.image_id <> COALESCE(NEW.image_id, 0) AND EXISTS (SELECT 1 FROM articles_creditevidence seen WHERE seen.credit_id = OLD.id) AND EXISTS (SELECT 1 FROM articles_edition printed
        WHERE printed.lead_image_id = OLD.image_id OR printed.body LIKE '%data-picture="' || OLD.image_id || '"%') BEGIN SELECT RAISE(ABORT, 'A credit with evidence stays with the picture that was published.'); END;
CREATE TRIGGER articles_imagecredit_line_unchanged BEFORE UPDATE ON articles_imagecredit FOR EACH ROW WHEN OLD.raw <> '' AND NEW.raw <> OLD.raw BEGIN SELECT RAISE(ABORT, 'An old credit line cannot be changed.'); END;
CREATE TRIGGER articles_imagecredit_line_kept BEFORE DELETE ON articles_imagecredit FOR EACH ROW WHEN OLD.raw <> '' BEGIN SELECT RAISE(ABORT, 'An old credit line cannot be deleted; it can be dismissed.'); END;
CREATE TRIGGER articles_drawing_unchanged BEFORE UPDATE ON articles_drawing FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."svg" IS NOT NEW."svg" OR OLD."words" IS NOT NEW."words" OR OLD."creator" IS NOT NEW."creator" OR OLD."source_url" IS NOT NEW."source_url" OR OLD."license" IS NOT NEW."license" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."replaces_id" IS NOT NEW."replaces_id") BEGIN SELECT RAISE(ABORT, 'A drawing cannot be changed; another can replace it.'); END;
CREATE TRIGGER articles_drawing_published_unchanged BEFORE UPDATE ON articles_drawing FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM articles_edition printed
    WHERE printed.body LIKE '%data-drawing="' || OLD.id || '"%')) AND (OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."svg" IS NOT NEW."svg" OR OLD."words" IS NOT NEW."words" OR OLD."creator" IS NOT NEW."creator" OR OLD."source_url" IS NOT NEW."source_url" OR OLD."license" IS NOT NEW."license" OR OLD."checked_on" IS NOT NEW."checked_on" OR OLD."checker" IS NOT NEW."checker" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."checked_by_id" IS NOT NEW."checked_by_id" OR OLD."replaces_id" IS NOT NEW."replaces_id") BEGIN SELECT RAISE(ABORT, 'A published drawing cannot be changed.'); END;
CREATE TRIGGER articles_drawing_kept BEFORE DELETE ON articles_drawing FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_edition printed
    WHERE printed.body LIKE '%data-drawing="' || OLD.id || '"%') BEGIN SELECT RAISE(ABORT, 'A published drawing cannot be deleted.'); END;
CREATE TRIGGER articles_override_unchanged BEFORE UPDATE ON articles_override FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."digest" IS NOT NEW."digest" OR OLD."finding" IS NOT NEW."finding" OR OLD."message" IS NOT NEW."message" OR OLD."reason" IS NOT NEW."reason" OR OLD."asked_at" IS NOT NEW."asked_at" OR OLD."article_id" IS NOT NEW."article_id" OR OLD."asked_by_id" IS NOT NEW."asked_by_id") BEGIN SELECT RAISE(ABORT, 'An override cannot be changed.'); END;
CREATE TRIGGER articles_override_kept BEFORE DELETE ON articles_override FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'An override cannot be deleted.'); END;
CREATE TRIGGER articles_editionpicture_unchanged BEFORE UPDATE ON articles_editionpicture FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."place" IS NOT NEW."place" OR OLD."edition_id" IS NOT NEW."edition_id" OR OLD."image_id" IS NOT NEW."image_id") BEGIN SELECT RAISE(ABORT, 'A picture of a published edition cannot be changed.'); END;
CREATE TRIGGER articles_editionpicture_kept BEFORE DELETE ON articles_editionpicture FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A picture of a published edition cannot be deleted.'); END;
CREATE TRIGGER articles_imageevent_unchanged BEFORE UPDATE ON articles_imageevent FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."reason" IS NOT NEW."reason" OR OLD."at" IS NOT NEW."at" OR OLD."by_id" IS NOT NEW."by_id" OR OLD."image_id" IS NOT NEW."image_id" OR OLD."replacement_id" IS NOT NEW."replacement_id") BEGIN SELECT RAISE(ABORT, 'What was done with a picture cannot be changed.'); END;
CREATE TRIGGER articles_imageevent_kept BEFORE DELETE ON articles_imageevent FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'What was done with a picture cannot be deleted.'); END;
CREATE TRIGGER articles_image_unchanged BEFORE UPDATE ON articles_image FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."file" IS NOT NEW."file" OR OLD."digest" IS NOT NEW."digest" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."format" IS NOT NEW."format" OR OLD."width" IS NOT NEW."width" OR OLD."height" IS NOT NEW."height" OR OLD."uploaded_at" IS NOT NEW."uploaded_at") BEGIN SELECT RAISE(ABORT, 'The file of a picture cannot be changed.'); END;
CREATE TRIGGER articles_image_kept BEFORE DELETE ON articles_image FOR EACH ROW WHEN NOT (NOT EXISTS (SELECT 1 FROM articles_editionpicture printed WHERE printed.image_id = OLD.id)) BEGIN SELECT RAISE(ABORT, 'The file of a picture cannot be deleted.'); END;
CREATE TRIGGER articles_image_replaced_in_one_step_insert BEFORE INSERT ON articles_image FOR EACH ROW WHEN NEW.replaced_by_id IS NOT NULL AND (
                EXISTS (SELECT 1 FROM articles_image other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_by_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM articles_image other WHERE other.replaced_by_id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'A picture that was replaced itself cannot stand in for another.'); END;
CREATE TRIGGER articles_image_replaced_in_one_step_update BEFORE UPDATE ON articles_image FOR EACH ROW WHEN NEW.replaced_by_id IS NOT NULL AND (
                EXISTS (SELECT 1 FROM articles_image other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_by_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM articles_image other WHERE other.replaced_by_id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'A picture that was replaced itself cannot stand in for another.'); END;
CREATE TRIGGER articles_sentencereport_unchanged BEFORE UPDATE ON articles_sentencereport FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."passage" IS NOT NEW."passage" OR OLD."quoted" IS NOT NEW."quoted" OR OLD."wrong" IS NOT NEW."wrong" OR OLD."reader_severity" IS NOT NEW."reader_severity" OR OLD."received_at" IS NOT NEW."received_at" OR OLD."edition_id" IS NOT NEW."edition_id") BEGIN SELECT RAISE(ABORT, 'What a reader reported cannot be changed.'); END;
CREATE TRIGGER articles_sentencereport_fixed_insert BEFORE INSERT ON articles_sentencereport FOR EACH ROW WHEN NEW.fixed_in_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM articles_edition told JOIN articles_edition mended ON mended.article_id = told.article_id
                WHERE told.id = NEW.edition_id AND mended.id = NEW.fixed_in_id AND mended.number > told.number) BEGIN SELECT RAISE(ABORT, 'A report is put right in a later edition of its own article.'); END;
CREATE TRIGGER articles_sentencereport_fixed_update BEFORE UPDATE ON articles_sentencereport FOR EACH ROW WHEN NEW.fixed_in_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM articles_edition told JOIN articles_edition mended ON mended.article_id = told.article_id
                WHERE told.id = NEW.edition_id AND mended.id = NEW.fixed_in_id AND mended.number > told.number) BEGIN SELECT RAISE(ABORT, 'A report is put right in a later edition of its own article.'); END;
CREATE TRIGGER articles_consentevent_unchanged BEFORE UPDATE ON articles_consentevent FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."wording" IS NOT NEW."wording" OR OLD."page" IS NOT NEW."page" OR OLD."at" IS NOT NEW."at" OR OLD."subscription_id" IS NOT NEW."subscription_id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."source" IS NOT NEW."source") BEGIN SELECT RAISE(ABORT, 'A record of consent cannot be changed.'); END;
CREATE TRIGGER articles_issue_fixed BEFORE UPDATE ON articles_issue FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL AND NOT (OLD.state IN ('approved', 'held') AND OLD.started_at IS NULL AND NEW.state = 'draft'
    AND NOT EXISTS (SELECT 1 FROM articles_delivery tried
        WHERE tried.issue_id = OLD.id AND (tried.state <> 'queued' OR tried.attempts > 0)))) AND (OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."week" IS NOT NEW."week" OR OLD."subject" IS NOT NEW."subject" OR OLD."introduction" IS NOT NEW."introduction" OR OLD."built_at" IS NOT NEW."built_at" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until" OR OLD."approved_at" IS NOT NEW."approved_at" OR OLD."send_at" IS NOT NEW."send_at" OR OLD."approved_by_id" IS NOT NEW."approved_by_id" OR OLD."correction_id" IS NOT NEW."correction_id" OR OLD."continues_id" IS NOT NEW."continues_id") BEGIN SELECT RAISE(ABORT, 'An approved issue cannot be changed.'); END;
CREATE TRIGGER articles_issueitem_fixed_insert BEFORE INSERT ON articles_issueitem FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_issue approved
                WHERE approved.id = NEW.issue_id AND approved.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'What stands in an approved issue cannot be changed.'); END;
CREATE TRIGGER articles_issueitem_fixed_update BEFORE UPDATE ON articles_issueitem FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_issue approved
                WHERE approved.id = NEW.issue_id AND approved.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'What stands in an approved issue cannot be changed.'); END;
CREATE TRIGGER articles_issueitem_fixed_delete BEFORE DELETE ON articles_issueitem FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_issue approved
                WHERE approved.id = OLD.issue_id AND approved.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'What stands in an approved issue cannot be changed.'); END;
CREATE TRIGGER articles_issue_kept BEFORE DELETE ON articles_issue FOR EACH ROW WHEN OLD.approved_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'An approved issue cannot be deleted.'); END;
CREATE TRIGGER articles_delivery_kept BEFORE DELETE ON articles_delivery FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_issue approved
            WHERE approved.id = OLD.issue_id AND approved.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'The ledger of deliveries is kept.'); END;
CREATE TRIGGER articles_delivery_handed_over_once BEFORE UPDATE ON articles_delivery FOR EACH ROW WHEN OLD.state = 'handed_over' AND NEW.state <> 'handed_over' BEGIN SELECT RAISE(ABORT, 'What was handed over cannot be queued again.'); END;
CREATE TRIGGER articles_edition_stays_off_the_schedule BEFORE UPDATE ON articles_edition FOR EACH ROW WHEN OLD.live_until = OLD.live_from AND (NEW.live_until IS NULL OR NEW.live_until <> OLD.live_until) BEGIN SELECT RAISE(ABORT, 'A version that was taken off the schedule stays off it.'); END;
CREATE TRIGGER articles_edition_stays_replaced BEFORE UPDATE ON articles_edition FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_edition later
        WHERE later.article_id = NEW.article_id AND later.id <> NEW.id AND later.live_from > NEW.live_from
          AND later.published_at >= later.live_from
          AND (NEW.live_until IS NULL OR NEW.live_until > later.live_from)) BEGIN SELECT RAISE(ABORT, 'A version ends where another one took its place.'); END;
CREATE TRIGGER articles_edition_apart BEFORE INSERT ON articles_edition FOR EACH ROW WHEN EXISTS (
    SELECT 1 FROM articles_edition other
    WHERE other.article_id = NEW.article_id AND other.id <> NEW.id
      AND (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from)
      AND (other.live_until IS NULL OR other.live_until > other.live_from)
      AND (other.live_until IS NULL OR other.live_until > NEW.live_from)
      AND (NEW.live_until IS NULL OR NEW.live_until > other.live_from)) BEGIN SELECT RAISE(ABORT, 'Two editions of one article cannot be live at the same time.'); END;
CREATE TRIGGER articles_edition_stay_apart BEFORE UPDATE ON articles_edition FOR EACH ROW WHEN EXISTS (
    SELECT 1 FROM articles_edition other
    WHERE other.article_id = NEW.article_id AND other.id <> NEW.id
      AND (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from)
      AND (other.live_until IS NULL OR other.live_until > other.live_from)
      AND (other.live_until IS NULL OR other.live_until > NEW.live_from)
      AND (NEW.live_until IS NULL OR NEW.live_until > other.live_from)) BEGIN SELECT RAISE(ABORT, 'Two editions of one article cannot be live at the same time.'); END;
CREATE TRIGGER articles_review_not_by_author BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.decision = 'approved' AND (EXISTS (
    SELECT 1 FROM articles_revision signed
    JOIN articles_byline written ON written.article_id = signed.article_id
    WHERE signed.id = NEW.revision_id AND EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.page = written.contributor_id AND other.page = NEW.reviewer_id)
) OR EXISTS (
    SELECT 1 FROM articles_revision signed
    JOIN articles_revision saved ON saved.article_id = signed.article_id AND saved.number <= signed.number
        AND (saved.id = signed.id OR NEW.carried_from_id IS NULL)
    WHERE signed.id = NEW.revision_id AND EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.account = saved.by_id AND other.page = NEW.reviewer_id))) BEGIN SELECT RAISE(ABORT, 'A reviewer cannot sign what they wrote.'); END;
CREATE TRIGGER articles_review_of_its_revision BEFORE INSERT ON articles_review FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM articles_revision signed
            WHERE signed.id = NEW.revision_id AND signed.signed_digest = NEW.signed_digest) BEGIN SELECT RAISE(ABORT, 'A review signs the text of its own revision.'); END;
CREATE TRIGGER articles_reviewanswer_of_a_request_for_changes BEFORE INSERT ON articles_reviewanswer FOR EACH ROW WHEN NEW.answer = 'wrong' AND EXISTS (SELECT 1 FROM articles_review signed
            WHERE signed.id = NEW.review_id AND signed.decision = 'approved') BEGIN SELECT RAISE(ABORT, 'Nobody signs a sentence that they call wrong.'); END;
CREATE TRIGGER articles_edition_reviewed_as_before BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.kind <> 'withdrawn' AND NEW.review_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM articles_section strict WHERE strict.id = NEW.section_id AND strict.requires_review)
    AND EXISTS (SELECT 1 FROM articles_section before
        WHERE before.id = (SELECT earlier.section_id FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND (earlier.live_until IS NULL
        OR earlier.live_until > earlier.live_from OR earlier.published_at >= earlier.live_from)
    ORDER BY earlier.live_from DESC, earlier.id DESC LIMIT 1) AND before.requires_review)
    AND NOT EXISTS (SELECT 1 FROM articles_override agreed
        JOIN articles_revision printed ON printed.id = NEW.revision_id AND printed.digest = agreed.digest
        WHERE agreed.article_id = NEW.article_id AND agreed.finding = 'review.moved'
          AND agreed.agreed_by_id IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'An article whose section required a medical sign-off moves to another with one, or with two editors.'); END;
CREATE TRIGGER articles_edition_of_its_revision BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NOT EXISTS (
    SELECT 1 FROM articles_revision printed
    LEFT JOIN articles_section filed ON filed.id = NEW.section_id
    LEFT JOIN articles_topic introduced ON introduced.id = NEW.hub_of_id
    WHERE printed.id = NEW.revision_id AND printed.article_id = NEW.article_id
      AND COALESCE(filed.slug, '') = printed.content ->> 'section'
      AND COALESCE(introduced.slug, '') = printed.content ->> 'hub_of'
      AND NEW.slug = printed.content ->> 'slug' AND NEW.page_type = printed.content ->> 'page_type' AND NEW.title = printed.content ->> 'title' AND NEW.standfirst = printed.content ->> 'standfirst' AND NEW.body = printed.content ->> 'body' AND NEW.closing_question = printed.content ->> 'closing_question' AND NEW.disclosure = printed.content ->> 'disclosure' AND NEW.search_title = printed.content ->> 'search_title' AND NEW.search_description = printed.content ->> 'search_description' AND NEW.first_published_url = printed.content ->> 'first_published_url' AND NEW.first_published_in = printed.content ->> 'first_published_in'
      AND json(NEW."references") = printed.content -> 'references' AND json(NEW.topics) = printed.content -> 'topics' AND json(NEW.signed_pictures) = printed.content -> 'pictures'
      AND COALESCE(CAST(NEW.lead_image_id AS TEXT), '') = COALESCE(CAST((SELECT lead.value ->> 'id' FROM json_each(printed.content -> 'pictures') AS lead
        WHERE lead.value ->> 'place' = 'lead' AND lead.value ->> 'digest' <> '') AS TEXT), '')
      AND NEW.lead_caption = COALESCE((SELECT lead.value ->> 'caption' FROM json_each(printed.content -> 'pictures') AS lead
        WHERE lead.value ->> 'place' = 'lead' AND lead.value ->> 'digest' <> ''), '')) BEGIN SELECT RAISE(ABORT, 'A published version says what its revision says.'); END;
CREATE TRIGGER articles_edition_review_of_its_text BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.review_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM articles_review sign_off
    JOIN articles_revision signed ON signed.id = sign_off.revision_id
    JOIN articles_revision printed ON printed.id = NEW.revision_id
    WHERE sign_off.id = NEW.review_id AND sign_off.decision = 'approved'
      AND (sign_off.withdrawn_at IS NULL OR NEW.kind = 'withdrawn')
      AND signed.article_id = printed.article_id
      AND sign_off.signed_digest = printed.signed_digest AND signed.content -> 'title' = printed.content -> 'title' AND signed.content -> 'standfirst' = printed.content -> 'standfirst' AND signed.content -> 'search_title' = printed.content -> 'search_title' AND signed.content -> 'search_description' = printed.content -> 'search_description' AND signed.content -> 'body' = printed.content -> 'body' AND signed.content -> 'references' = printed.content -> 'references' AND signed.content -> 'pictures' = printed.content -> 'pictures') BEGIN SELECT RAISE(ABORT, 'A published sign-off approves exactly the published text.'); END;
CREATE TRIGGER articles_edition_reviewed BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.kind <> 'withdrawn' AND NEW.review_id IS NULL AND EXISTS (
    SELECT 1 FROM articles_section strict WHERE strict.id = NEW.section_id AND strict.requires_review) BEGIN SELECT RAISE(ABORT, 'This section publishes nothing without a medical sign-off on its text.'); END;
CREATE TRIGGER articles_edition_not_by_its_reviewer BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.review_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM articles_review sign_off, articles_revision printed, json_each(printed.content -> 'byline') AS line
    WHERE sign_off.id = NEW.review_id AND printed.id = NEW.revision_id
      AND CAST(line.value ->> 'id' AS TEXT) = CAST(sign_off.reviewer_id AS TEXT)) BEGIN SELECT RAISE(ABORT, 'A reviewer cannot be an author of what they signed.'); END;
CREATE TRIGGER articles_edition_first_published_over_https BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.first_published_url <> '' AND NEW.first_published_url NOT LIKE 'https://%' BEGIN SELECT RAISE(ABORT, 'Where an article was first published is an address that begins with https://.'); END;
CREATE TRIGGER articles_edition_in_order BEFORE INSERT ON articles_edition FOR EACH ROW WHEN 
    NEW.number <> 1 + COALESCE(
        (SELECT MAX(earlier.number) FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id), 0)
    OR EXISTS (SELECT 1 FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from) AND earlier.live_from >= NEW.live_from)
    OR (NEW.kind = 'first' AND EXISTS (SELECT 1 FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from)))
    OR (NEW.kind <> 'first' AND NOT EXISTS (SELECT 1 FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND earlier.live_until = NEW.live_from))
    OR (NEW.kind IN ('correction', 'withdrawn') AND EXISTS (SELECT 1 FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from) AND earlier.live_until = NEW.live_from AND earlier.kind = 'withdrawn'))
    OR NEW.first_live_from <> COALESCE((SELECT MIN(earlier.live_from) FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from)), NEW.live_from)
    OR NEW.changed_at <> NEW.live_from AND NOT EXISTS (SELECT 1 FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND earlier.live_until = NEW.live_from AND earlier.changed_at = NEW.changed_at)
 BEGIN SELECT RAISE(ABORT, 'Published versions of one article follow one another.'); END;
CREATE TRIGGER articles_edition_keeps_its_type BEFORE INSERT ON articles_edition FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_edition earlier WHERE earlier.article_id = NEW.article_id
    AND (earlier.live_until IS NULL OR earlier.live_until > earlier.live_from) AND (earlier.page_type <> NEW.page_type
    OR COALESCE(earlier.hub_of_id, 0) <> COALESCE(NEW.hub_of_id, 0))) BEGIN SELECT RAISE(ABORT, 'A published page keeps its type and its topic.'); END;
CREATE TRIGGER articles_edition_one_hub BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.hub_of_id IS NOT NULL AND (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS (SELECT 1 FROM articles_edition other
    WHERE other.hub_of_id = NEW.hub_of_id AND other.article_id <> NEW.article_id
      AND (other.live_until IS NULL OR other.live_until > other.live_from)) BEGIN SELECT RAISE(ABORT, 'A topic has one topic page.'); END;
CREATE TRIGGER articles_edition_keeps_corrections BEFORE INSERT ON articles_edition FOR EACH ROW WHEN 
    (SELECT COUNT(*) FROM json_each(json(NEW.corrections))) <>
        (SELECT COUNT(*) FROM json_each((SELECT json(earlier.corrections) FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND (earlier.live_until IS NULL
        OR earlier.live_until > earlier.live_from OR earlier.published_at >= earlier.live_from)
    ORDER BY earlier.live_from DESC, earlier.id DESC LIMIT 1))) + CASE NEW.kind WHEN 'correction' THEN 1 ELSE 0 END
    OR EXISTS (SELECT 1 FROM json_each((SELECT json(earlier.corrections) FROM articles_edition earlier
    WHERE earlier.article_id = NEW.article_id AND (earlier.live_until IS NULL
        OR earlier.live_until > earlier.live_from OR earlier.published_at >= earlier.live_from)
    ORDER BY earlier.live_from DESC, earlier.id DESC LIMIT 1)) AS known WHERE NOT EXISTS (
        SELECT 1 FROM json_each(json(NEW.corrections)) AS listed WHERE listed.value = known.value))
 BEGIN SELECT RAISE(ABORT, 'A published version keeps the corrections before it.'); END;
CREATE TRIGGER articles_edition_answers_given BEFORE INSERT ON articles_edition FOR EACH ROW WHEN EXISTS (SELECT 1 FROM json_each(json(NEW.answers)) AS listed WHERE NOT EXISTS (
    SELECT 1 FROM articles_reviewanswer given
    JOIN articles_review review ON review.id = given.review_id
    JOIN articles_revision asked ON asked.id = review.revision_id
    WHERE asked.article_id = NEW.article_id AND given.answer = 'correct' AND review.withdrawn_at IS NULL
      AND given.digest = listed.value ->> 'digest' AND given.sentence = listed.value ->> 'sentence')) BEGIN SELECT RAISE(ABORT, 'A published answer is one that a medical reviewer gave.'); END;
CREATE TRIGGER articles_editionbyline_of_its_edition BEFORE INSERT ON articles_editionbyline FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM articles_edition edition
        JOIN articles_revision printed ON printed.id = edition.revision_id, json_each(printed.content -> 'byline') AS line
    WHERE edition.id = NEW.edition_id AND CAST(line.value ->> 'id' AS TEXT) = CAST(NEW.contributor_id AS TEXT)
      AND line.value ->> 'name' = NEW.name AND line.value ->> 'credentials' = NEW.credentials) BEGIN SELECT RAISE(ABORT, 'A published byline names the authors of its revision.'); END;
CREATE TRIGGER articles_editionpicture_of_its_edition BEFORE INSERT ON articles_editionpicture FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM articles_edition edition
        JOIN articles_revision printed ON printed.id = edition.revision_id, json_each(printed.content -> 'pictures') AS shown
    WHERE edition.id = NEW.edition_id AND CAST(shown.value ->> 'id' AS TEXT) = CAST(NEW.image_id AS TEXT)
      AND shown.value ->> 'place' = NEW.place) BEGIN SELECT RAISE(ABORT, 'A published picture is one of its revision.'); END;
CREATE TRIGGER articles_editiontopic_of_its_edition BEFORE INSERT ON articles_editiontopic FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM articles_edition edition
        JOIN articles_revision printed ON printed.id = edition.revision_id, json_each(printed.content -> 'topics') AS listed, articles_topic topic
    WHERE edition.id = NEW.edition_id AND topic.id = NEW.topic_id AND listed.value ->> 'slug' = topic.slug) BEGIN SELECT RAISE(ABORT, 'A published topic is one of its version.'); END;
CREATE TRIGGER articles_correction_of_its_edition BEFORE INSERT ON articles_correction FOR EACH ROW WHEN NOT EXISTS (
    SELECT 1 FROM articles_edition edition, json_each(json(edition.corrections)) AS listed
    WHERE edition.id = NEW.edition_id AND edition.erratum_id = NEW.key
      AND listed.value ->> 'was' = NEW.was AND listed.value ->> 'now' = NEW.now
      AND listed.value ->> 'why' = NEW.why AND listed.value ->> 'severity' = NEW.severity) BEGIN SELECT RAISE(ABORT, 'A correction says what its published version says of it.'); END;
CREATE TRIGGER articles_textchange_unchanged BEFORE UPDATE ON articles_textchange FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."key" IS NOT NEW."key" OR OLD."texts_before" IS NOT NEW."texts_before" OR OLD."texts_after" IS NOT NEW."texts_after" OR OLD."at" IS NOT NEW."at" OR OLD."by_id" IS NOT NEW."by_id") BEGIN SELECT RAISE(ABORT, 'A change of a public text cannot be changed.'); END;
CREATE TRIGGER articles_textchange_kept BEFORE DELETE ON articles_textchange FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A change of a public text cannot be deleted.'); END;
CREATE TRIGGER articles_term_text_vouched_insert BEFORE INSERT ON articles_term FOR EACH ROW WHEN TRUE AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'term' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.definition = newest.texts_after ->> 'definition' AND NEW.source = newest.texts_after ->> 'source' AND NEW.source_url = newest.texts_after ->> 'source_url' AND json(NEW.synonyms) = newest.texts_after -> 'synonyms') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_term_text_vouched_update BEFORE UPDATE ON articles_term FOR EACH ROW WHEN (OLD.slug <> NEW.slug OR OLD.name <> NEW.name OR OLD.definition <> NEW.definition OR OLD.source <> NEW.source OR OLD.source_url <> NEW.source_url OR OLD.synonyms <> NEW.synonyms) AND NOT (FALSE) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'term' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.definition = newest.texts_after ->> 'definition' AND NEW.source = newest.texts_after ->> 'source' AND NEW.source_url = newest.texts_after ->> 'source_url' AND json(NEW.synonyms) = newest.texts_after -> 'synonyms') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_topic_text_vouched_insert BEFORE INSERT ON articles_topic FOR EACH ROW WHEN NEW.definition <> '' AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'topic' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.definition = newest.texts_after ->> 'definition' AND json(NEW.synonyms) = newest.texts_after -> 'synonyms') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_topic_text_vouched_update BEFORE UPDATE ON articles_topic FOR EACH ROW WHEN (OLD.slug <> NEW.slug OR OLD.name <> NEW.name OR OLD.definition <> NEW.definition OR OLD.synonyms <> NEW.synonyms) AND NOT (FALSE) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'topic' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.definition = newest.texts_after ->> 'definition' AND json(NEW.synonyms) = newest.texts_after -> 'synonyms') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_section_text_vouched_insert BEFORE INSERT ON articles_section FOR EACH ROW WHEN NEW.summary <> '' AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'section' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.summary = newest.texts_after ->> 'summary') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_section_text_vouched_update BEFORE UPDATE ON articles_section FOR EACH ROW WHEN (OLD.slug <> NEW.slug OR OLD.name <> NEW.name OR OLD.summary <> NEW.summary) AND NOT (FALSE) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'section' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.summary = newest.texts_after ->> 'summary') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_contributor_text_vouched_insert BEFORE INSERT ON articles_contributor FOR EACH ROW WHEN NEW.biography <> '' AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'contributor' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.credentials = newest.texts_after ->> 'credentials' AND NEW.role = newest.texts_after ->> 'role' AND NEW.biography = newest.texts_after ->> 'biography' AND NEW.interests = newest.texts_after ->> 'interests') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_contributor_text_vouched_update BEFORE UPDATE ON articles_contributor FOR EACH ROW WHEN (OLD.slug <> NEW.slug OR OLD.name <> NEW.name OR OLD.credentials <> NEW.credentials OR OLD.role <> NEW.role OR OLD.biography <> NEW.biography OR OLD.interests <> NEW.interests) AND NOT (FALSE) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'contributor' AND own.key = NEW.slug) AND NEW.name = newest.texts_after ->> 'name' AND NEW.credentials = newest.texts_after ->> 'credentials' AND NEW.role = newest.texts_after ->> 'role' AND NEW.biography = newest.texts_after ->> 'biography' AND NEW.interests = newest.texts_after ->> 'interests') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_drug_text_vouched_insert BEFORE INSERT ON articles_drug FOR EACH ROW WHEN (NEW.checked_by_id IS NOT NULL OR NEW.is_demonstration) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'drug' AND own.key = NEW.name) AND NEW.drug_class = newest.texts_after ->> 'drug_class' AND NEW.what_it_is = newest.texts_after ->> 'what_it_is' AND NEW.boxed_warning = newest.texts_after ->> 'boxed_warning' AND NEW.route = newest.texts_after ->> 'route' AND NEW.how_it_is_given = newest.texts_after ->> 'how_it_is_given' AND NEW.source = newest.texts_after ->> 'source' AND json(NEW.brands) = newest.texts_after -> 'brands' AND json(NEW.former_brands) = newest.texts_after -> 'former_brands' AND json(NEW.hazards) = newest.texts_after -> 'hazards' AND json(NEW.routes) = newest.texts_after -> 'routes') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_drug_text_vouched_update BEFORE UPDATE ON articles_drug FOR EACH ROW WHEN (OLD.name <> NEW.name OR OLD.drug_class <> NEW.drug_class OR OLD.what_it_is <> NEW.what_it_is OR OLD.boxed_warning <> NEW.boxed_warning OR OLD.route <> NEW.route OR OLD.how_it_is_given <> NEW.how_it_is_given OR OLD.source <> NEW.source OR OLD.brands <> NEW.brands OR OLD.former_brands <> NEW.former_brands OR OLD.hazards <> NEW.hazards OR OLD.routes <> NEW.routes OR (OLD.checked_by_id IS NULL AND NOT OLD.is_demonstration)) AND NOT ((NEW.checked_by_id IS NULL AND NOT NEW.is_demonstration)) AND NOT EXISTS (SELECT 1 FROM articles_textchange newest
        WHERE newest.id = (SELECT MAX(own.id) FROM articles_textchange own
            WHERE own.kind = 'drug' AND own.key = NEW.name) AND NEW.drug_class = newest.texts_after ->> 'drug_class' AND NEW.what_it_is = newest.texts_after ->> 'what_it_is' AND NEW.boxed_warning = newest.texts_after ->> 'boxed_warning' AND NEW.route = newest.texts_after ->> 'route' AND NEW.how_it_is_given = newest.texts_after ->> 'how_it_is_given' AND NEW.source = newest.texts_after ->> 'source' AND json(NEW.brands) = newest.texts_after -> 'brands' AND json(NEW.former_brands) = newest.texts_after -> 'former_brands' AND json(NEW.hazards) = newest.texts_after -> 'hazards' AND json(NEW.routes) = newest.texts_after -> 'routes') BEGIN SELECT RAISE(ABORT, 'A text that readers see is changed with its history.'); END;
CREATE TRIGGER articles_edition_own_address_insert BEFORE INSERT ON articles_edition FOR EACH ROW WHEN (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS (SELECT 1 FROM articles_edition other
    WHERE other.slug = NEW.slug AND other.article_id <> NEW.article_id
      AND (other.live_until IS NULL OR other.live_until > other.live_from)) BEGIN SELECT RAISE(ABORT, 'An address that was public stays with its article.'); END;
CREATE TRIGGER articles_edition_own_address_update BEFORE UPDATE ON articles_edition FOR EACH ROW WHEN (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS (SELECT 1 FROM articles_edition other
    WHERE other.slug = NEW.slug AND other.article_id <> NEW.article_id
      AND (other.live_until IS NULL OR other.live_until > other.live_from)) BEGIN SELECT RAISE(ABORT, 'An address that was public stays with its article.'); END;
CREATE TRIGGER articles_correction_of_its_article BEFORE INSERT ON articles_correction FOR EACH ROW WHEN NOT EXISTS (
            SELECT 1 FROM articles_edition mended JOIN articles_edition wrong ON wrong.article_id = mended.article_id
            WHERE mended.id = NEW.edition_id AND wrong.id = NEW.corrected_id AND wrong.number < mended.number) BEGIN SELECT RAISE(ABORT, 'A correction names an earlier edition of its own article.'); END;
CREATE TRIGGER articles_reachchoice_of_its_article BEFORE INSERT ON articles_reachchoice FOR EACH ROW WHEN NOT EXISTS (
            SELECT 1 FROM articles_correction made
            JOIN articles_edition mended ON mended.id = made.edition_id
            JOIN articles_edition earlier ON earlier.article_id = mended.article_id
            WHERE made.id = NEW.correction_id AND earlier.id = NEW.edition_id AND earlier.number < mended.number) BEGIN SELECT RAISE(ABORT, 'A correction leaves out an earlier version of its own article.'); END;
CREATE TRIGGER articles_reachchoice_before_it_is_mailed BEFORE INSERT ON articles_reachchoice FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_issue mailed
            WHERE mailed.correction_id = NEW.correction_id AND mailed.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'Who gets a correction is settled when it is approved.'); END;
CREATE TRIGGER articles_editionbyline_not_by_reviewer BEFORE INSERT ON articles_editionbyline FOR EACH ROW WHEN EXISTS (
            SELECT 1 FROM articles_edition printed JOIN articles_review sign_off ON sign_off.id = printed.review_id
            WHERE printed.id = NEW.edition_id AND sign_off.reviewer_id = NEW.contributor_id) BEGIN SELECT RAISE(ABORT, 'A reviewer cannot be an author of what they signed.'); END;
CREATE TRIGGER articles_safeguardchange_unchanged BEFORE UPDATE ON articles_safeguardchange FOR EACH ROW WHEN (TRUE) AND (OLD."id" IS NOT NEW."id" OR OLD."field" IS NOT NEW."field" OR OLD."was" IS NOT NEW."was" OR OLD."becomes" IS NOT NEW."becomes" OR OLD."asked_at" IS NOT NEW."asked_at" OR OLD."takes_effect_at" IS NOT NEW."takes_effect_at" OR OLD."asked_by_id" IS NOT NEW."asked_by_id" OR OLD."contributor_id" IS NOT NEW."contributor_id" OR OLD."section_id" IS NOT NEW."section_id") BEGIN SELECT RAISE(ABORT, 'A change of a safeguard cannot be changed.'); END;
CREATE TRIGGER articles_safeguardchange_kept BEFORE DELETE ON articles_safeguardchange FOR EACH ROW WHEN NOT (FALSE) BEGIN SELECT RAISE(ABORT, 'A change of a safeguard cannot be deleted.'); END;
CREATE TRIGGER articles_edition_not_by_its_signer BEFORE INSERT ON articles_edition FOR EACH ROW WHEN NEW.kind <> 'withdrawn' AND EXISTS (SELECT 1 FROM articles_review sign_off
    WHERE sign_off.id = NEW.review_id AND EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.account = NEW.by_id AND other.page = sign_off.reviewer_id)) BEGIN SELECT RAISE(ABORT, 'Nobody publishes what they signed.'); END;
CREATE TRIGGER articles_override_by_two_insert BEFORE INSERT ON articles_override FOR EACH ROW WHEN EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.account = NEW.asked_by_id AND other.account = NEW.agreed_by_id) BEGIN SELECT RAISE(ABORT, 'An override takes two people.'); END;
CREATE TRIGGER articles_override_by_two_update BEFORE UPDATE ON articles_override FOR EACH ROW WHEN EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.account = NEW.asked_by_id AND other.account = NEW.agreed_by_id) BEGIN SELECT RAISE(ABORT, 'An override takes two people.'); END;
CREATE TRIGGER articles_safeguardchange_waits BEFORE INSERT ON articles_safeguardchange FOR EACH ROW WHEN NEW.applied_at IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.stopped_at IS NOT NULL
            OR (86400 * julianday(NEW.takes_effect_at)) - (86400 * julianday(NEW.asked_at)) < 86399 BEGIN SELECT RAISE(ABORT, 'A change of a safeguard waits a day.'); END;
CREATE TRIGGER articles_safeguardchange_decided_once BEFORE UPDATE ON articles_safeguardchange FOR EACH ROW WHEN OLD.applied_at IS NOT NULL OR OLD.stopped_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'A change of a safeguard is decided once.'); END;
CREATE TRIGGER articles_safeguardchange_by_two BEFORE UPDATE ON articles_safeguardchange FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) one JOIN (SELECT account.id AS account, page.id AS page, 'user ' || account.id AS trace FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id
    UNION ALL SELECT account.id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(account.email)), 1, instr(LOWER(TRIM(account.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(account.email)), instr(LOWER(TRIM(account.email)) || '@', '@')) END FROM auth_user account LEFT JOIN articles_contributor page ON page.user_id = account.id WHERE account.email <> ''
    UNION ALL SELECT page.user_id, page.id, 'page ' || page.id FROM articles_contributor page
    UNION ALL SELECT page.user_id, page.id, CASE WHEN SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(page.email)), 1, instr(LOWER(TRIM(page.email)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(page.email)), instr(LOWER(TRIM(page.email)) || '@', '@')) END FROM articles_contributor page
        WHERE page.email <> ''
    UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.was ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.was)), 1, instr(LOWER(TRIM(past.was)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.was)), instr(LOWER(TRIM(past.was)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.was <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address') UNION ALL SELECT page.user_id, page.id,
            CASE WHEN past.field = 'user' THEN 'user ' || past.becomes ELSE CASE WHEN SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) IN ('@gmail.com', '@googlemail.com')
        THEN REPLACE(SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1), '.', '') || '@gmail.com' ELSE SUBSTR(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1), 1, instr(SUBSTR(LOWER(TRIM(past.becomes)), 1, instr(LOWER(TRIM(past.becomes)) || '@', '@') - 1) || '+', '+') - 1) || SUBSTR(LOWER(TRIM(past.becomes)), instr(LOWER(TRIM(past.becomes)) || '@', '@')) END END
        FROM articles_safeguardchange past JOIN articles_contributor page ON page.id = past.contributor_id
        WHERE past.becomes <> '' AND (past.field IN ('user', 'email') AND past.applied_at IS NOT NULL
            OR past.field = 'address')) other ON other.trace = one.trace
        WHERE one.account = NEW.asked_by_id AND other.account = NEW.confirmed_by_id)) OR (NEW.confirmed_at IS NOT NULL AND NEW.field IN ('address', 'password', 'second_step')
    AND EXISTS (SELECT 1 FROM articles_contributor reviewer
        WHERE reviewer.id = NEW.contributor_id AND reviewer.user_id = NEW.asked_by_id)) BEGIN SELECT RAISE(ABORT, 'A change of a safeguard takes two people.'); END;
CREATE TRIGGER articles_review_ends_its_sign_off BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.decision = 'changes' AND EXISTS (SELECT 1 FROM articles_review earlier
    JOIN articles_revision signed ON signed.id = earlier.revision_id
    JOIN articles_revision doubted ON doubted.id = NEW.revision_id AND doubted.article_id = signed.article_id
    LEFT JOIN articles_review original ON original.id = earlier.carried_from_id
    WHERE earlier.reviewer_id = NEW.reviewer_id AND earlier.decision = 'approved' AND earlier.withdrawn_at IS NULL
      AND earlier.decided_at <= NEW.decided_at
      AND (earlier.signed_digest = NEW.signed_digest OR original.signed_digest = NEW.signed_digest)) BEGIN SELECT RAISE(ABORT, 'A request for changes ends the same reviewer’s sign-off of that text.'); END;
CREATE TRIGGER articles_review_taken_back_for_good BEFORE UPDATE ON articles_review FOR EACH ROW WHEN OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at) BEGIN SELECT RAISE(ABORT, 'A sign-off that was taken back stays so.'); END;
CREATE TRIGGER articles_review_taken_back_before_it_is_live BEFORE UPDATE ON articles_review FOR EACH ROW WHEN OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1
    FROM articles_edition planned WHERE planned.review_id = NEW.id AND planned.kind <> 'withdrawn'
      AND planned.live_from > NEW.withdrawn_at
      AND (planned.live_until IS NULL OR planned.live_until > planned.live_from)) BEGIN SELECT RAISE(ABORT, 'A version that is scheduled with a sign-off comes off the schedule before the sign-off is taken back.'); END;
CREATE TRIGGER articles_contributor_begins_unable_to_sign BEFORE INSERT ON articles_contributor FOR EACH ROW WHEN NEW.is_medical_reviewer BEGIN SELECT RAISE(ABORT, 'Nobody begins as a medical reviewer: a second person confirms it, or a day passes.'); END;
CREATE TRIGGER articles_section_begins_strict BEFORE INSERT ON articles_section FOR EACH ROW WHEN NOT NEW.requires_review OR NOT NEW.requires_references OR NEW.review_months > 24 BEGIN SELECT RAISE(ABORT, 'A section begins with a review at least every two years and with references.'); END;
CREATE TRIGGER articles_review_by_a_reviewer BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.decision = 'approved' AND NEW.carried_from_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM articles_contributor reviewer
            WHERE reviewer.id = NEW.reviewer_id AND reviewer.is_medical_reviewer) BEGIN SELECT RAISE(ABORT, 'Only medical reviewers sign off.'); END;
CREATE TRIGGER articles_review_kept_from_its_own BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM articles_review earlier
            JOIN articles_revision signed ON signed.id = earlier.revision_id
            JOIN articles_revision kept ON kept.id = NEW.revision_id AND kept.article_id = signed.article_id
            WHERE earlier.id = NEW.carried_from_id AND earlier.decision = 'approved'
              AND earlier.withdrawn_at IS NULL AND earlier.reviewer_id = NEW.reviewer_id) BEGIN SELECT RAISE(ABORT, 'A sign-off is kept from an earlier one by the same reviewer on the same article.'); END;
CREATE TRIGGER articles_review_by_a_settled_account BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.decision = 'approved' AND NEW.carried_from_id IS NULL
    AND EXISTS (SELECT 1 FROM articles_safeguardchange waiting
    WHERE waiting.field IN ('address', 'password', 'second_step')
      AND waiting.applied_at IS NULL AND waiting.stopped_at IS NULL AND waiting.contributor_id = NEW.reviewer_id) BEGIN SELECT RAISE(ABORT, 'Nobody signs off by an account whose password, address or second step has just been changed.'); END;
CREATE TRIGGER articles_review_by_an_account_as_it_settled BEFORE INSERT ON articles_review FOR EACH ROW WHEN NEW.decision = 'approved' AND NEW.carried_from_id IS NULL AND EXISTS (
    SELECT 1 FROM articles_contributor reviewer
    JOIN auth_user account ON account.id = reviewer.user_id
    LEFT JOIN articles_settledaccount settled
      ON settled.contributor_id = reviewer.id AND settled.user_id = account.id
    WHERE reviewer.id = NEW.reviewer_id AND account.password NOT LIKE '!%' AND (
        settled.id IS NULL OR settled.password <> account.password
        OR settled.second_step <> COALESCE(
            (SELECT MAX(app.key) FROM otp_totp_totpdevice app WHERE app.user_id = account.id AND app.confirmed), '')))
 BEGIN SELECT RAISE(ABORT, 'Nobody signs off by an account whose password or second step was changed without a record.'); END;
CREATE TRIGGER auth_user_address_of_a_reviewer BEFORE UPDATE ON auth_user FOR EACH ROW WHEN OLD.email <> NEW.email AND EXISTS (SELECT 1 FROM articles_contributor reviewer
    WHERE reviewer.user_id = NEW.id AND reviewer.is_medical_reviewer
      AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange waiting
    WHERE waiting.field IN ('address', 'password', 'second_step')
      AND waiting.applied_at IS NULL AND waiting.stopped_at IS NULL AND waiting.contributor_id = reviewer.id
        AND waiting.field = 'address'
        AND waiting.was = OLD.email AND waiting.becomes = NEW.email)) BEGIN SELECT RAISE(ABORT, 'The address of a reviewer’s account changes with a record that it did.'); END;
CREATE TRIGGER articles_contributor_known BEFORE UPDATE ON articles_contributor FOR EACH ROW WHEN (OLD.is_medical_reviewer OR NEW.is_medical_reviewer
    OR EXISTS (SELECT 1 FROM articles_safeguardchange known WHERE known.contributor_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_review signed WHERE signed.reviewer_id = NEW.id)) AND ((COALESCE(CAST(OLD.email AS TEXT), '') <> COALESCE(CAST(NEW.email AS TEXT), '') AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.contributor_id = NEW.id AND last.field = 'email' AND last.applied_at IS NOT NULL) AND asked.was = COALESCE(CAST(OLD.email AS TEXT), '') AND asked.becomes = COALESCE(CAST(NEW.email AS TEXT), ''))) OR (COALESCE(CAST(OLD.user_id AS TEXT), '') <> COALESCE(CAST(NEW.user_id AS TEXT), '') AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.contributor_id = NEW.id AND last.field = 'user' AND last.applied_at IS NOT NULL) AND asked.was = COALESCE(CAST(OLD.user_id AS TEXT), '') AND asked.becomes = COALESCE(CAST(NEW.user_id AS TEXT), ''))) OR (COALESCE(CAST(OLD.name AS TEXT), '') <> COALESCE(CAST(NEW.name AS TEXT), '') AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.contributor_id = NEW.id AND last.field = 'name' AND last.applied_at IS NOT NULL) AND asked.was = COALESCE(CAST(OLD.name AS TEXT), '') AND asked.becomes = COALESCE(CAST(NEW.name AS TEXT), ''))) OR (COALESCE(CAST(OLD.credentials AS TEXT), '') <> COALESCE(CAST(NEW.credentials AS TEXT), '') AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.contributor_id = NEW.id AND last.field = 'credentials' AND last.applied_at IS NOT NULL) AND asked.was = COALESCE(CAST(OLD.credentials AS TEXT), '') AND asked.becomes = COALESCE(CAST(NEW.credentials AS TEXT), ''))) OR (CASE WHEN OLD.is_medical_reviewer THEN 'true' ELSE 'false' END <> CASE WHEN NEW.is_medical_reviewer THEN 'true' ELSE 'false' END AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.contributor_id = NEW.id AND last.field = 'is_medical_reviewer' AND last.applied_at IS NOT NULL) AND asked.was = CASE WHEN OLD.is_medical_reviewer THEN 'true' ELSE 'false' END AND asked.becomes = CASE WHEN NEW.is_medical_reviewer THEN 'true' ELSE 'false' END))) BEGIN SELECT RAISE(ABORT, 'Who a medical reviewer is changes only when a second person confirms it, or after a day.'); END;
CREATE TRIGGER articles_section_strict BEFORE UPDATE ON articles_section FOR EACH ROW WHEN (CASE WHEN OLD.requires_review THEN 'true' ELSE 'false' END <> CASE WHEN NEW.requires_review THEN 'true' ELSE 'false' END AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.section_id = NEW.id AND last.field = 'requires_review' AND last.applied_at IS NOT NULL) AND asked.was = CASE WHEN OLD.requires_review THEN 'true' ELSE 'false' END AND asked.becomes = CASE WHEN NEW.requires_review THEN 'true' ELSE 'false' END)) OR (CASE WHEN OLD.requires_references THEN 'true' ELSE 'false' END <> CASE WHEN NEW.requires_references THEN 'true' ELSE 'false' END AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.section_id = NEW.id AND last.field = 'requires_references' AND last.applied_at IS NOT NULL) AND asked.was = CASE WHEN OLD.requires_references THEN 'true' ELSE 'false' END AND asked.becomes = CASE WHEN NEW.requires_references THEN 'true' ELSE 'false' END)) OR (CASE WHEN OLD.requires_risks THEN 'true' ELSE 'false' END <> CASE WHEN NEW.requires_risks THEN 'true' ELSE 'false' END AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.section_id = NEW.id AND last.field = 'requires_risks' AND last.applied_at IS NOT NULL) AND asked.was = CASE WHEN OLD.requires_risks THEN 'true' ELSE 'false' END AND asked.becomes = CASE WHEN NEW.requires_risks THEN 'true' ELSE 'false' END)) OR (COALESCE(CAST(OLD.review_months AS TEXT), '') <> COALESCE(CAST(NEW.review_months AS TEXT), '') AND NOT EXISTS (SELECT 1 FROM articles_safeguardchange asked
        WHERE asked.id = (SELECT MAX(last.id) FROM articles_safeguardchange last
        WHERE last.section_id = NEW.id AND last.field = 'review_months' AND last.applied_at IS NOT NULL) AND asked.was = COALESCE(CAST(OLD.review_months AS TEXT), '') AND asked.becomes = COALESCE(CAST(NEW.review_months AS TEXT), ''))) BEGIN SELECT RAISE(ABORT, 'What a section requires changes only when a second person confirms it, or after a day.'); END;
CREATE TRIGGER articles_article_on_record BEFORE UPDATE ON articles_article FOR EACH ROW WHEN NEW.deleted_at IS NOT NULL AND (
    EXISTS (SELECT 1 FROM articles_edition printed WHERE printed.article_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_override agreed WHERE agreed.article_id = NEW.id)
    OR EXISTS (SELECT 1 FROM articles_review decided JOIN articles_revision read ON read.id = decided.revision_id
        WHERE read.article_id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'An article that was published or reviewed cannot be deleted.'); END;
CREATE TRIGGER articles_article_deleted_first BEFORE DELETE ON articles_article FOR EACH ROW WHEN OLD.deleted_at IS NULL BEGIN SELECT RAISE(ABORT, 'A draft is deleted first and can be put back before it goes for good.'); END;
CREATE TRIGGER articles_edition_not_of_deleted BEFORE INSERT ON articles_edition FOR EACH ROW WHEN EXISTS (
    SELECT 1 FROM articles_article gone WHERE gone.id = NEW.article_id AND gone.deleted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'A deleted draft cannot be published.'); END;
CREATE TRIGGER articles_override_not_of_deleted BEFORE INSERT ON articles_override FOR EACH ROW WHEN EXISTS (
    SELECT 1 FROM articles_article gone WHERE gone.id = NEW.article_id AND gone.deleted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'A check of a deleted draft cannot be overridden.'); END;
CREATE TRIGGER articles_review_not_of_deleted BEFORE INSERT ON articles_review FOR EACH ROW WHEN EXISTS (SELECT 1 FROM articles_revision read JOIN articles_article gone ON gone.id = read.article_id
            WHERE read.id = NEW.revision_id AND gone.deleted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'A deleted draft cannot be signed off.'); END;
CREATE TRIGGER articles_contributor_shown_insert AFTER INSERT ON articles_contributor FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_contributor_shown_update AFTER UPDATE ON articles_contributor FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."slug" IS NOT NEW."slug" OR OLD."credentials" IS NOT NEW."credentials" OR OLD."role" IS NOT NEW."role" OR OLD."biography" IS NOT NEW."biography" OR OLD."interests" IS NOT NEW."interests" OR OLD."credentials_checked_on" IS NOT NEW."credentials_checked_on" OR OLD."credentials_checked_by_id" IS NOT NEW."credentials_checked_by_id" OR OLD."is_medical_reviewer" IS NOT NEW."is_medical_reviewer" OR OLD."user_id" IS NOT NEW."user_id" OR OLD."email" IS NOT NEW."email" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_contributor_shown_delete AFTER DELETE ON articles_contributor FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_correction_shown_insert AFTER INSERT ON articles_correction FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_correction_shown_update AFTER UPDATE ON articles_correction FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."key" IS NOT NEW."key" OR OLD."was" IS NOT NEW."was" OR OLD."now" IS NOT NEW."now" OR OLD."why" IS NOT NEW."why" OR OLD."severity" IS NOT NEW."severity" OR OLD."corrected_id" IS NOT NEW."corrected_id" OR OLD."edition_id" IS NOT NEW."edition_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_correction_shown_delete AFTER DELETE ON articles_correction FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drawing_shown_insert AFTER INSERT ON articles_drawing FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drawing_shown_update AFTER UPDATE ON articles_drawing FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."svg" IS NOT NEW."svg" OR OLD."words" IS NOT NEW."words" OR OLD."creator" IS NOT NEW."creator" OR OLD."source_url" IS NOT NEW."source_url" OR OLD."license" IS NOT NEW."license" OR OLD."checked_on" IS NOT NEW."checked_on" OR OLD."checker" IS NOT NEW."checker" OR OLD."added_at" IS NOT NEW."added_at" OR OLD."checked_by_id" IS NOT NEW."checked_by_id" OR OLD."replaces_id" IS NOT NEW."replaces_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drawing_shown_delete AFTER DELETE ON articles_drawing FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drug_shown_insert AFTER INSERT ON articles_drug FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drug_shown_update AFTER UPDATE ON articles_drug FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."slug" IS NOT NEW."slug" OR OLD."is_class" IS NOT NEW."is_class" OR OLD."brands" IS NOT NEW."brands" OR OLD."former_brands" IS NOT NEW."former_brands" OR OLD."drug_class" IS NOT NEW."drug_class" OR OLD."class_synonyms" IS NOT NEW."class_synonyms" OR OLD."what_it_is" IS NOT NEW."what_it_is" OR OLD."boxed_warning" IS NOT NEW."boxed_warning" OR OLD."hazards" IS NOT NEW."hazards" OR OLD."route" IS NOT NEW."route" OR OLD."how_it_is_given" IS NOT NEW."how_it_is_given" OR OLD."routes" IS NOT NEW."routes" OR OLD."source" IS NOT NEW."source" OR OLD."checked_on" IS NOT NEW."checked_on" OR OLD."is_demonstration" IS NOT NEW."is_demonstration" OR OLD."changed_at" IS NOT NEW."changed_at" OR OLD."label_id" IS NOT NEW."label_id" OR OLD."checked_label_id" IS NOT NEW."checked_label_id" OR OLD."checked_by_id" IS NOT NEW."checked_by_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_drug_shown_delete AFTER DELETE ON articles_drug FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_edition_shown_insert AFTER INSERT ON articles_edition FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_edition_shown_update AFTER UPDATE ON articles_edition FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."note" IS NOT NEW."note" OR OLD."published_at" IS NOT NEW."published_at" OR OLD."live_from" IS NOT NEW."live_from" OR OLD."live_until" IS NOT NEW."live_until" OR OLD."first_live_from" IS NOT NEW."first_live_from" OR OLD."slug" IS NOT NEW."slug" OR OLD."topics" IS NOT NEW."topics" OR OLD."title" IS NOT NEW."title" OR OLD."standfirst" IS NOT NEW."standfirst" OR OLD."body" IS NOT NEW."body" OR OLD."lead_caption" IS NOT NEW."lead_caption" OR OLD."signed_pictures" IS NOT NEW."signed_pictures" OR OLD."search_title" IS NOT NEW."search_title" OR OLD."search_description" IS NOT NEW."search_description" OR OLD."first_published_url" IS NOT NEW."first_published_url" OR OLD."first_published_in" IS NOT NEW."first_published_in" OR OLD."closing_question" IS NOT NEW."closing_question" OR OLD."disclosure" IS NOT NEW."disclosure" OR OLD."references" IS NOT NEW."references" OR OLD."search_text" IS NOT NEW."search_text" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."article_id" IS NOT NEW."article_id" OR OLD."by_id" IS NOT NEW."by_id" OR OLD."lead_image_id" IS NOT NEW."lead_image_id" OR OLD."erratum_id" IS NOT NEW."erratum_id" OR OLD."review_id" IS NOT NEW."review_id" OR OLD."revision_id" IS NOT NEW."revision_id" OR OLD."page_type" IS NOT NEW."page_type" OR OLD."hub_of_id" IS NOT NEW."hub_of_id" OR OLD."section_id" IS NOT NEW."section_id" OR OLD."corrections" IS NOT NEW."corrections" OR OLD."set_aside" IS NOT NEW."set_aside" OR OLD."answers" IS NOT NEW."answers" OR OLD."changed_at" IS NOT NEW."changed_at" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_edition_shown_delete AFTER DELETE ON articles_edition FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionbyline_shown_insert AFTER INSERT ON articles_editionbyline FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionbyline_shown_update AFTER UPDATE ON articles_editionbyline FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."name" IS NOT NEW."name" OR OLD."credentials" IS NOT NEW."credentials" OR OLD."contributor_id" IS NOT NEW."contributor_id" OR OLD."edition_id" IS NOT NEW."edition_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionbyline_shown_delete AFTER DELETE ON articles_editionbyline FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionpicture_shown_insert AFTER INSERT ON articles_editionpicture FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionpicture_shown_update AFTER UPDATE ON articles_editionpicture FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."place" IS NOT NEW."place" OR OLD."edition_id" IS NOT NEW."edition_id" OR OLD."image_id" IS NOT NEW."image_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editionpicture_shown_delete AFTER DELETE ON articles_editionpicture FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editiontopic_shown_insert AFTER INSERT ON articles_editiontopic FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editiontopic_shown_update AFTER UPDATE ON articles_editiontopic FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."edition_id" IS NOT NEW."edition_id" OR OLD."topic_id" IS NOT NEW."topic_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_editiontopic_shown_delete AFTER DELETE ON articles_editiontopic FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_image_shown_insert AFTER INSERT ON articles_image FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_image_shown_update AFTER UPDATE ON articles_image FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."file" IS NOT NEW."file" OR OLD."digest" IS NOT NEW."digest" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."format" IS NOT NEW."format" OR OLD."width" IS NOT NEW."width" OR OLD."height" IS NOT NEW."height" OR OLD."alt" IS NOT NEW."alt" OR OLD."is_decorative" IS NOT NEW."is_decorative" OR OLD."uploaded_at" IS NOT NEW."uploaded_at" OR OLD."focal_x" IS NOT NEW."focal_x" OR OLD."focal_y" IS NOT NEW."focal_y" OR OLD."rendered" IS NOT NEW."rendered" OR OLD."replaced_at" IS NOT NEW."replaced_at" OR OLD."withdrawn_at" IS NOT NEW."withdrawn_at" OR OLD."replaced_by_id" IS NOT NEW."replaced_by_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_image_shown_delete AFTER DELETE ON articles_image FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_imagecredit_shown_insert AFTER INSERT ON articles_imagecredit FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_imagecredit_shown_update AFTER UPDATE ON articles_imagecredit FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."title" IS NOT NEW."title" OR OLD."description" IS NOT NEW."description" OR OLD."creator" IS NOT NEW."creator" OR OLD."creator_url" IS NOT NEW."creator_url" OR OLD."source" IS NOT NEW."source" OR OLD."source_url" IS NOT NEW."source_url" OR OLD."license" IS NOT NEW."license" OR OLD."modifications" IS NOT NEW."modifications" OR OLD."permission" IS NOT NEW."permission" OR OLD."raw" IS NOT NEW."raw" OR OLD."found_in_id" IS NOT NEW."found_in_id" OR OLD."image_id" IS NOT NEW."image_id" OR OLD."dismissed_at" IS NOT NEW."dismissed_at" OR OLD."dismissed_reason" IS NOT NEW."dismissed_reason" OR OLD."dismissed_by_id" IS NOT NEW."dismissed_by_id" OR OLD."is_noncommercial" IS NOT NEW."is_noncommercial" OR OLD."is_untitled" IS NOT NEW."is_untitled" OR OLD."made_with" IS NOT NEW."made_with" OR OLD."rights_end_on" IS NOT NEW."rights_end_on" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_imagecredit_shown_delete AFTER DELETE ON articles_imagecredit FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issue_shown_insert AFTER INSERT ON articles_issue FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issue_shown_update AFTER UPDATE ON articles_issue FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."number" IS NOT NEW."number" OR OLD."kind" IS NOT NEW."kind" OR OLD."week" IS NOT NEW."week" OR OLD."subject" IS NOT NEW."subject" OR OLD."introduction" IS NOT NEW."introduction" OR OLD."state" IS NOT NEW."state" OR OLD."built_at" IS NOT NEW."built_at" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until" OR OLD."approved_at" IS NOT NEW."approved_at" OR OLD."send_at" IS NOT NEW."send_at" OR OLD."started_at" IS NOT NEW."started_at" OR OLD."held_at" IS NOT NEW."held_at" OR OLD."reason" IS NOT NEW."reason" OR OLD."sent_at" IS NOT NEW."sent_at" OR OLD."approved_by_id" IS NOT NEW."approved_by_id" OR OLD."correction_id" IS NOT NEW."correction_id" OR OLD."continues_id" IS NOT NEW."continues_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issue_shown_delete AFTER DELETE ON articles_issue FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issueitem_shown_insert AFTER INSERT ON articles_issueitem FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issueitem_shown_update AFTER UPDATE ON articles_issueitem FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."position" IS NOT NEW."position" OR OLD."edition_id" IS NOT NEW."edition_id" OR OLD."issue_id" IS NOT NEW."issue_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_issueitem_shown_delete AFTER DELETE ON articles_issueitem FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_label_shown_insert AFTER INSERT ON articles_label FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_label_shown_update AFTER UPDATE ON articles_label FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."set_id" IS NOT NEW."set_id" OR OLD."version" IS NOT NEW."version" OR OLD."kind" IS NOT NEW."kind" OR OLD."effective_on" IS NOT NEW."effective_on" OR OLD."document_id" IS NOT NEW."document_id" OR OLD."title" IS NOT NEW."title" OR OLD."drug_id" IS NOT NEW."drug_id" OR OLD."products" IS NOT NEW."products" OR OLD."generics" IS NOT NEW."generics" OR OLD."moieties" IS NOT NEW."moieties" OR OLD."routes" IS NOT NEW."routes" OR OLD."boxed_warning" IS NOT NEW."boxed_warning" OR OLD."indications" IS NOT NEW."indications" OR OLD."sections" IS NOT NEW."sections" OR OLD."differences" IS NOT NEW."differences" OR OLD."imported_at" IS NOT NEW."imported_at" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_label_shown_delete AFTER DELETE ON articles_label FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_pagetext_medicines_shown_insert AFTER INSERT ON articles_pagetext_medicines FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_pagetext_medicines_shown_update AFTER UPDATE ON articles_pagetext_medicines FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."pagetext_id" IS NOT NEW."pagetext_id" OR OLD."drug_id" IS NOT NEW."drug_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_pagetext_medicines_shown_delete AFTER DELETE ON articles_pagetext_medicines FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_readnext_shown_insert AFTER INSERT ON articles_readnext FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_readnext_shown_update AFTER UPDATE ON articles_readnext FOR EACH ROW WHEN OLD."edition_id" IS NOT NEW."edition_id" OR OLD."articles" IS NOT NEW."articles" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_readnext_shown_delete AFTER DELETE ON articles_readnext FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_retractionnotice_shown_insert AFTER INSERT ON articles_retractionnotice FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_retractionnotice_shown_update AFTER UPDATE ON articles_retractionnotice FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."record_id" IS NOT NEW."record_id" OR OLD."nature" IS NOT NEW."nature" OR OLD."title" IS NOT NEW."title" OR OLD."journal" IS NOT NEW."journal" OR OLD."noticed_on" IS NOT NEW."noticed_on" OR OLD."doi" IS NOT NEW."doi" OR OLD."pmid" IS NOT NEW."pmid" OR OLD."notice_doi" IS NOT NEW."notice_doi" OR OLD."notice_pmid" IS NOT NEW."notice_pmid" OR OLD."reasons" IS NOT NEW."reasons" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_retractionnotice_shown_delete AFTER DELETE ON articles_retractionnotice FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_review_shown_insert AFTER INSERT ON articles_review FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_review_shown_update AFTER UPDATE ON articles_review FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."signed_digest" IS NOT NEW."signed_digest" OR OLD."name" IS NOT NEW."name" OR OLD."credentials" IS NOT NEW."credentials" OR OLD."interests" IS NOT NEW."interests" OR OLD."decision" IS NOT NEW."decision" OR OLD."decided_at" IS NOT NEW."decided_at" OR OLD."due_on" IS NOT NEW."due_on" OR OLD."withdrawn_at" IS NOT NEW."withdrawn_at" OR OLD."reviewer_id" IS NOT NEW."reviewer_id" OR OLD."revision_id" IS NOT NEW."revision_id" OR OLD."carried_by_id" IS NOT NEW."carried_by_id" OR OLD."carried_from_id" IS NOT NEW."carried_from_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_review_shown_delete AFTER DELETE ON articles_review FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_searchentry_shown_insert AFTER INSERT ON articles_searchentry FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_searchentry_shown_update AFTER UPDATE ON articles_searchentry FOR EACH ROW WHEN OLD."edition_id" IS NOT NEW."edition_id" OR OLD."article_id" IS NOT NEW."article_id" OR OLD."live_from" IS NOT NEW."live_from" OR OLD."live_until" IS NOT NEW."live_until" OR OLD."first_live_from" IS NOT NEW."first_live_from" OR OLD."topics" IS NOT NEW."topics" OR OLD."section_id" IS NOT NEW."section_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_searchentry_shown_delete AFTER DELETE ON articles_searchentry FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_section_shown_insert AFTER INSERT ON articles_section FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_section_shown_update AFTER UPDATE ON articles_section FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."slug" IS NOT NEW."slug" OR OLD."position" IS NOT NEW."position" OR OLD."summary" IS NOT NEW."summary" OR OLD."requires_review" IS NOT NEW."requires_review" OR OLD."requires_references" IS NOT NEW."requires_references" OR OLD."requires_risks" IS NOT NEW."requires_risks" OR OLD."review_months" IS NOT NEW."review_months" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_section_shown_delete AFTER DELETE ON articles_section FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_sentencereport_shown_insert AFTER INSERT ON articles_sentencereport FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_sentencereport_shown_update AFTER UPDATE ON articles_sentencereport FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."passage" IS NOT NEW."passage" OR OLD."quoted" IS NOT NEW."quoted" OR OLD."wrong" IS NOT NEW."wrong" OR OLD."reader_severity" IS NOT NEW."reader_severity" OR OLD."received_at" IS NOT NEW."received_at" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."answered_at" IS NOT NEW."answered_at" OR OLD."edition_id" IS NOT NEW."edition_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_sentencereport_shown_delete AFTER DELETE ON articles_sentencereport FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_term_shown_insert AFTER INSERT ON articles_term FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_term_shown_update AFTER UPDATE ON articles_term FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."slug" IS NOT NEW."slug" OR OLD."synonyms" IS NOT NEW."synonyms" OR OLD."definition" IS NOT NEW."definition" OR OLD."source" IS NOT NEW."source" OR OLD."source_url" IS NOT NEW."source_url" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_term_shown_delete AFTER DELETE ON articles_term FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_shown_insert AFTER INSERT ON articles_topic FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_shown_update AFTER UPDATE ON articles_topic FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."name" IS NOT NEW."name" OR OLD."slug" IS NOT NEW."slug" OR OLD."definition" IS NOT NEW."definition" OR OLD."mesh_id" IS NOT NEW."mesh_id" OR OLD."synonyms" IS NOT NEW."synonyms" OR OLD."parent_id" IS NOT NEW."parent_id" OR OLD."section_id" IS NOT NEW."section_id" OR OLD."place" IS NOT NEW."place" OR OLD."icon" IS NOT NEW."icon" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_shown_delete AFTER DELETE ON articles_topic FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_medicines_shown_insert AFTER INSERT ON articles_topic_medicines FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_medicines_shown_update AFTER UPDATE ON articles_topic_medicines FOR EACH ROW WHEN OLD."id" IS NOT NEW."id" OR OLD."topic_id" IS NOT NEW."topic_id" OR OLD."drug_id" IS NOT NEW."drug_id" BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
CREATE TRIGGER articles_topic_medicines_shown_delete AFTER DELETE ON articles_topic_medicines FOR EACH ROW BEGIN UPDATE articles_publicstate SET number = random() & 4611686018427387903; END;
COMMIT;
