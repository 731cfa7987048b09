BEGIN TRANSACTION;
CREATE TABLE amount (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	value NUMERIC, 
	currency VARCHAR, 
	form VARCHAR, 
	label VARCHAR, 
	role VARCHAR, 
	per VARCHAR, 
	same_as VARCHAR, 
	is_total BOOLEAN, 
	tax_included BOOLEAN, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "amount" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','a1',0,'main/2',360000,'CNY','figures','合同总价','total',NULL,NULL,1,NULL,1,99,106,'360000元','money.figures','《设备采购合同》第二条');
INSERT INTO "amount" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','a2',1,'main/3',108000,'CNY','figures','首付款','instalment',NULL,NULL,0,NULL,1,136,143,'108000元','money.figures','《设备采购合同》第三条');
CREATE TABLE anchor (
	contract VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	date VARCHAR, 
	who VARCHAR, 
	at VARCHAR, 
	PRIMARY KEY (contract, event), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
CREATE TABLE calendar_date (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	value VARCHAR, 
	precision VARCHAR, 
	end_value VARCHAR, 
	role VARCHAR, 
	valid BOOLEAN, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "calendar_date" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','dt1',0,'main','2025-01-31','day',NULL,'sign',1,1,53,63,'2025年1月31日','date.full','《设备采购合同》正文');
CREATE TABLE clause (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	level INTEGER, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	unit VARCHAR, 
	part VARCHAR, 
	parent VARCHAR, 
	number VARCHAR, 
	heading VARCHAR, 
	types VARCHAR, 
	citation VARCHAR, 
	path_text VARCHAR, 
	own_text VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/1',0,1,1,64,83,'clause','main',NULL,'第一条','标的','[]','《设备采购合同》第一条','第一条 标的','乙方向甲方供应水泵3台。');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/2',1,1,1,84,107,'clause','main',NULL,'第二条','价款','["price"]','《设备采购合同》第二条','第二条 价款','合同总价为人民币360000元。');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/3',2,1,1,108,144,'clause','main',NULL,'第三条','付款','[]','《设备采购合同》第三条','第三条 付款','甲方应于合同签订后10个工作日内支付首付款108000元。');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/4',3,1,1,145,203,'clause','main',NULL,'第四条','违约责任','[]','《设备采购合同》第四条','第四条 违约责任','');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/4/1',4,2,1,154,184,'clause','main','main/4','1.',NULL,'["penalty"]','《设备采购合同》第四条 1','第四条 违约责任 / 1.','乙方逾期交货的，每日按合同总价的0.05%支付违约金。');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','main/4/2',5,2,1,185,203,'clause','main','main/4','2.',NULL,'["penalty"]','《设备采购合同》第四条 2','第四条 违约责任 / 2.','甲方逾期付款的，承担同等责任。');
INSERT INTO "clause" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','annex1/1',6,NULL,1,221,227,'row','annex1',NULL,'1',NULL,'[]','《设备采购合同》附件1 价格表 表格第1行','序号 / 名称 / 数量','1	水泵	3');
CREATE TABLE contract (
	id VARCHAR NOT NULL, 
	name VARCHAR, 
	media_type VARCHAR, 
	title VARCHAR, 
	contract_no VARCHAR, 
	kind VARCHAR, 
	sign_date VARCHAR, 
	folder VARCHAR, 
	producer VARCHAR, 
	total_exact VARCHAR, 
	currency VARCHAR, 
	imported_at VARCHAR, 
	parsed_at VARCHAR, 
	changed_at VARCHAR, 
	text_hash VARCHAR, 
	total NUMERIC, 
	size INTEGER, 
	pages INTEGER, 
	errors INTEGER, 
	warnings INTEGER, 
	infos INTEGER, 
	sketch BLOB, 
	PRIMARY KEY (id)
);
INSERT INTO "contract" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','采购合同.txt','text/plain','设备采购合同','CG-2025-001','sale','2025-01-31','采购','0.1.0','360000','CNY','2026-11-24T00:55:59.884289Z','2026-11-24T00:55:59.884289Z','2026-11-24T00:55:59.884289Z','d9f9b90ffc1e606947a46625c61c2883ef65ff09a0de6c0a2d5237f1931c43c7',360000,572,1,0,1,0,X'50D01E00B8E71B01988A2D00FFFFFFFF8797EA01B1E32C004ECB0900FFFFFFFFFFFFFFFFFFFFFFFFD8E7D400A19A87003EAE8301254E220054AD60002823260055B37101F2FB4701BDC1F00079927B008E3346014EE25C0176EAAC00B0C50B0045A78300186D5A019542DE01C9639C0126465C00DB01FF00F549B40040B31300EAA70C00E0C98F00FFFFFFFFF6B42F00FFFFFFFF2A9E40011EBA3E0027FDDD014543DA00E12A6100FFFFFFFFFFFFFFFFD4186F01CFB3C00053FD900020FDEF01147A5F00301E3201FFFFFFFF524BBC006946470100164F00568EA0002EDFE1002F8B2301AE0C7401115B4700150B6F016D394F0039FA6A00679B060024F3F2004B19B401C5770600103C880048382500F4C8A000FFFFFFFF3C744D011416A1003A0F0C00FFFFFFFF37059E00F16C8001551B3900DB169A00C7251C0135186F014F86ED00B1279401F26E3401FFFFFFFFFFFFFFFF7A252E00504FED014F562C00FFFFFFFFFFFFFFFFC95EF1003B298C01F6C121016B0B87002AF094007CD21200014CB400FFFFFFFF797C30018D0FC9000D970A00FFFFFFFF8D134300E826DA00FFFFFFFFB764A101B2378C019393D100FFFFFFFFE699E30051483800BD5A1600FFFFFFFF1E060300FFFFFFFFA6753900FFFFFFFFFD5B8F01BBD14700B5A64A01A9B044009A8201007B55B801C5D5C401F84BB90128A61600465D0001FFFFFFFF');
CREATE TABLE contract_text (
	contract VARCHAR NOT NULL, 
	text VARCHAR, 
	PRIMARY KEY (contract), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "contract_text" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','设备采购合同
合同编号：CG-2025-001
甲方：长风水务有限公司
乙方：青山机电有限公司
签订日期：2025年1月31日
第一条 标的
乙方向甲方供应水泵3台。
第二条 价款
合同总价为人民币360000元。
第三条 付款
甲方应于合同签订后10个工作日内支付首付款108000元。
第四条 违约责任
1. 乙方逾期交货的，每日按合同总价的0.05%支付违约金。
2. 甲方逾期付款的，承担同等责任。
附件1 价格表
序号	名称	数量
1	水泵	3
开户账号：6222020200112233445');
CREATE TABLE correction (
	number INTEGER NOT NULL, 
	contract VARCHAR NOT NULL, 
	element VARCHAR, 
	kind VARCHAR, 
	field VARCHAR, 
	parser_value VARCHAR, 
	value VARCHAR, 
	who VARCHAR, 
	at VARCHAR, 
	why VARCHAR, 
	rule VARCHAR, 
	clause VARCHAR, 
	words VARCHAR, 
	state VARCHAR, 
	span_start INTEGER, 
	PRIMARY KEY (number), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
CREATE TABLE deadline (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	number NUMERIC, 
	unit VARCHAR, 
	kind VARCHAR, 
	relation VARCHAR, 
	op VARCHAR, 
	who VARCHAR, 
	what VARCHAR, 
	trigger_text VARCHAR, 
	date VARCHAR, 
	day_of_month INTEGER, 
	workday BOOLEAN, 
	placeholder BOOLEAN, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "deadline" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','d1',0,'main/3',10,'day','deadline','within',NULL,'p1','支付首付款','合同签订后',NULL,NULL,1,0,1,124,131,'10个工作日内','deadline.within','《设备采购合同》第三条');
CREATE TABLE finding (
	contract VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	code VARCHAR, 
	severity VARCHAR, 
	message VARCHAR, 
	elements VARCHAR, 
	suggestion VARCHAR, 
	clause VARCHAR, 
	citation VARCHAR, 
	text VARCHAR, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	PRIMARY KEY (contract, place), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "finding" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d',0,'penalty_without_cap','warning','违约金没有上限','["n1"]',NULL,'main/4/1','《设备采购合同》第四条 1','每日按合同总价的0.05%',1,165,178);
CREATE TABLE identity (
	contract VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	PRIMARY KEY (contract, "key"), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "identity" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','number:cg2025001');
INSERT INTO "identity" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','parties:设备采购合同|长风水务有限公司|青山机电有限公司');
INSERT INTO "identity" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','amounts:805705cc3e76507a');
CREATE TABLE job (
	id INTEGER NOT NULL, 
	state VARCHAR, 
	arguments VARCHAR, 
	started_at VARCHAR, 
	finished_at VARCHAR, 
	note VARCHAR, 
	PRIMARY KEY (id)
);
CREATE TABLE job_file (
	job INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	path VARCHAR, 
	sha256 VARCHAR, 
	state VARCHAR, 
	code VARCHAR, 
	message VARCHAR, 
	remedy VARCHAR, 
	contract VARCHAR, 
	relation VARCHAR, 
	"of" VARCHAR, 
	at VARCHAR, 
	certainty NUMERIC, 
	PRIMARY KEY (job, place), 
	UNIQUE (job, path), 
	FOREIGN KEY(job) REFERENCES job (id) ON DELETE CASCADE
);
CREATE TABLE link (
	contract VARCHAR NOT NULL, 
	"of" VARCHAR, 
	relation VARCHAR, 
	certainty NUMERIC, 
	PRIMARY KEY (contract), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('version','1');
CREATE TABLE outbox (
	seq INTEGER NOT NULL, 
	contract VARCHAR, 
	action VARCHAR, 
	at VARCHAR, 
	PRIMARY KEY (seq)
);
INSERT INTO "outbox" VALUES(1,'b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','put','2026-11-24T00:55:59.894180Z');
CREATE TABLE party (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	role VARCHAR, 
	role_kind VARCHAR, 
	name VARCHAR, 
	credit_code VARCHAR, 
	legal_representative VARCHAR, 
	agent VARCHAR, 
	address VARCHAR, 
	phone VARCHAR, 
	email VARCHAR, 
	bank VARCHAR, 
	account VARCHAR, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "party" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','p1',0,'main','甲方','buyer','长风水务有限公司',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,27,35,'长风水务有限公司','party.label','《设备采购合同》正文');
INSERT INTO "party" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','p2',1,'main','乙方','seller','青山机电有限公司',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'6222020200112233445',1,39,47,'青山机电有限公司','party.label','《设备采购合同》正文');
CREATE TABLE payment (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	sequence INTEGER, 
	percent NUMERIC, 
	amount NUMERIC, 
	label VARCHAR, 
	payer VARCHAR, 
	payee VARCHAR, 
	deadline VARCHAR, 
	schedule VARCHAR, 
	conditions VARCHAR, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "payment" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','y1',0,'main/3',1,30,108000,'首付款','p1','p2','d1',NULL,'[]',1,133,136,'首付款','payment.instalment','《设备采购合同》第三条');
CREATE TABLE penalty (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	rate NUMERIC, 
	multiple NUMERIC, 
	amount NUMERIC, 
	cap_rate NUMERIC, 
	cap_amount NUMERIC, 
	exposure NUMERIC, 
	kind VARCHAR, 
	liable VARCHAR, 
	beneficiary VARCHAR, 
	base VARCHAR, 
	per VARCHAR, 
	breach VARCHAR, 
	remedies VARCHAR, 
	tier INTEGER, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "penalty" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','n1',0,'main/4/1',0.0005,NULL,NULL,NULL,NULL,NULL,'rate_per_day','p2','p1','合同总价','day','逾期交货','["liquidated_damages"]',NULL,1,165,178,'每日按合同总价的0.05%','penalty.rate_per_day','《设备采购合同》第四条 1');
CREATE TABLE rate (
	contract VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	place INTEGER, 
	clause VARCHAR, 
	value NUMERIC, 
	role VARCHAR, 
	page INTEGER, 
	span_start INTEGER, 
	span_end INTEGER, 
	text VARCHAR, 
	rule VARCHAR, 
	citation VARCHAR, 
	PRIMARY KEY (contract, id), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
CREATE TABLE record (
	contract VARCHAR NOT NULL, 
	data BLOB, 
	PRIMARY KEY (contract), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "record" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d',X'785ED5595F6FDBD615FF2A0181BD390A2F29C9B25FF7B0B7BD0F752050242511A14885226D6B46806C6BE6A4CB62A748D3A571B0666DD36148DAB47317C7C9920F3349B69FFA15F63BF70F7945C97692E965311088E4BDF7DC73CEEFFCDF32066ED7EF39CD753F19047164AC1AAC621A4B463F89BDCCF5136375CB889C9E8F0F578361E6E353B1D4ACD0E26B4B46E0E17B6BC56EF9A6E3AE30DF32573CB35167F596DB5A6954FD1A6BD73DB7B5CC5CD76D3B6DA7CEAACB6EBBEDD65A9ECFAC6AAB6E556B1E8E1EC459E282D69631E83A56ADBE9853E5FD4FB6B78FF79F8D776F8E776F57D2CD14F47ABE1738CD74D827FE527F33BDD40F9D20A29B04BFC5BBDAB205EED2200D69C1F1776FC65F6FEBC760A11B4769E2B869338AB1E497BFBA689956EDA269327CBB124424988183ED7464276A7A4ECAF95B77420873D510ABD9459BD6F713DF0DA41A3C67487BFA0E740271A44E92E23EF692E1D399759BEE850BCB23C62FF7D964EFA6CD269F7F430AE1B4C00B0933CAC2305F3CCBC35A244472F4FAFE78E7C5CFAFBFD078588B8EEEFD38B9FF126F4F3E7B7BF2D59DC9F3FDF1278F277BB74E1EEC8E6F3C1DEF1CAC45A3970FE492479F8E7FF861B2777874EFA7E92547CFDE1C7FF737DC6DB2F7579C454CEB370699A74F4707D7278F1E5F987CB97DF4C5C7EAD4F1EE5D7183D19B87E3C37B203FF9E74FF678E7F97FAEFF5EEC3ABC4DBB46AF5E4C9EBE51AC4CAEBFC28BD1C1E1E8F070F2FCEEF8E07776DDC4BFF18D3FE4FB0E6E897D7FE1FB041150181DDE91E2E0571EEFDE61E6E8E01FE317DF8CFEBD0706C67FBC31B9F73DB69D3CB92F3633B3317DF4F8E1433AFAF8EDA3A3C327C7FB5F8D5EBD5A8B58E58290D3C9F53710C2E8F0EBE3FD6FC1E8CFAF6F4FBEDF21C9DCBE25088BCBE39359316BBF10C4C45927DB77F9F5ADCA05715F7916BF863CEBD6DBC99F6E90369FDD12A4F98E93071F8F5EFD8B71317DF9FAF8F1DF21A9C31DA87B2D1DEFFEF9E8DBE76BE9E4B3E727DB3BB8287E7229AFA53656BDBE3EB9F9E278FF898046DDB2A03BFC998C59966D57AB3582ADD3F107C6EA47F01459AF453E832D191B81977681D8955AC55C32BA7ED0E902AC8DAA458F7112746066C2E69AA133C4A62523F19D017741F43B4E9D943B242C0F83481228D903BE097300E45BF126EE5083D496C47F55A25CAF57CCCBDC4ADB81E747640FF0594B4627713CB2BF4E1C93E351A4C956AE2DC1DEA6ED6E59D2B1C8EC3442CB05A1C64208595549C9AE4D535A2928317321A4ECBA24555D9E26C59846CB5A08AD6A43F75B9A0099ADD1AA2E84565D8970D92CF1A5C1822D0817003A0760A3040CA621832D061A0DC5D74A992F0D1BD662B0B1A2F86266091C96060E6B31E08003955264AC3AAD324B8387B51878305653D4AA656A1A40ACC5008455736AB512442C0D22D66220C26A0A23AC51E64D0389BD1890B086E2CD324BBCD91A4AECC5A0C432156F1663D328B13594D88B4189C52CE5F2AD92B9D91A4AECC5A0C4B294BD5956C9DE6C0D25F662506259CADEAC1AA5B79A3BB63594543F042508B5A5C8CA1F9B53F1158BDA591205699620047F84C7D4698532C2F35222A56CB8148375959090FA3C23369C28F2376979D707A1A499C41B948BF0981F66BD881E0C91EC6091C876F043A43B0696C90D5BA28811C75DA2035D3F0C455A53BE89A62E5E1F883C9CF6E0B0A6580D8DE202C503A4CC39BC3C27BD402A95A38DE2BE3C50E461FFC3A92AC20B54C953ED773CF0F235FC09310B2970F9F44479242B9B56EC5195220B2451689C92A2918F20D6352917E770A917071933F9EA1C3814FE0028A69BBAA1930D7414D15DB9262554E4DDF1E4475098B8AE4A598DBC04215AE990577CE03D7079F116275E103921D72B212D883AF82E8A95D9CBE53908CF0BE28D88E34082499472CB5AEA4016801A54E236F4D77D22944B8BF361BD0F1FBC283A9B0FF8B7820F513ECDF291E71C220F98CBC854AEA071826A3640BA8D37F319221CBEBB62A85A3B9B219890CE10D544B30C69B9068FFE73399A4E11DE4539D5F7E045948767F3825057F0A217927338CA330C1185758EDEE9EA675808B7F64BC45C6E25ACA2DDDC43BBA207A338C53CE6FA83728E325F03355571512233052A1F56980E3558C1036BBEE952F50C4B99C38F750E3FBA99CCE7A79405CDE7A791875C28E93C7EF0DDF3DB0102240A60E914C85202DDB9F57988E22EAF70CBE540A5A4C8AB49E9FF4F6BE4E0387F5DD5C85B4692710F48748795D069C125815EA66218221DFF2E1A118480B4CBA3AF88E33CAE867E53C5894C54F8AA13774A2F092B5AA1135D3156DB4E38F0970C270C1CE1D2296788931E48D019F24D0F7EBC10919BA09B9736DD980A7BDA10FA1D2744EA81B6DA002BD14F58975FD0B0A008408B1CCFC36725E56E1CC9256D87DA095880EE6800774C3FFBF1202D8E6FF19BF2335C37CEF203C543B31B87C84754C4E761AF4F4EFC1C9DD92B7A59AE74764A67EDC374261A51E7E96C80F4674A69A7DFE1FF5C695BCA34E6B7B7CA4665E7C99A4C3CA4FA758D13287A04032D7572662C96BBAAD2F12B4AFF68F368499BEA5FCED7780FB01D56DA410719F560DA4E55A3597440F9B704F98F3BA46EF5AF7F831764577828760B6B5F45B25CF423B14E5A7C8ACE1CF98260D0143F57D32483ADA6CE663388DC30F37C605DF8CA3E1980749B30DBA60371A8169B4804672CE212E5052599B0BC57C5AA5AE33BEFBC7EB050C409EF2594BCEF5B482488D09E0FC9194D8945FAB0F7920BF94D4C0872A73FA453350C0D673134575E0AA2909CE6F955CBFA34B7C1A955A6D8D13CFEC0BF9AC90E2A7CABC4882E0E68DBE57ED5B049A6C200A8305252166F9A85E6FBBCF30BC728B2F4A1CF430EC7441CC19917CEDD43CE4D6D607CF7787188B195C74314C7130F996285262DBE72CADFCE4557DE7465367516543957EEFBCF979A225BD908D22EAF8D349115691309244344A7FBF3C9CE469C5CA15FD27A64A0CCD9A49674283BE0E8A5CBA3E3BE32A78D2E8D9BB8DC36BA0E1D5B1A4BE0438A2E7B478CF0244FA5D1C61C4B63B9FBB1AAA8D770599A570913C6759B71BB0967439D7D69E1346352A18E239EEB42625826661EAFE7CF097CEF36DB9A9BA410B94A1B779CEFFACE99B1F106AEE046BA389A9EE128B84E822AB9375E09F3D4732A098B660156E5F974D981D5F336E072A380D899939F538C54E4BF15F2124D181C068A84260D734899D04C5176D4F223A4926EE024E4F0395E5A48A966BD3BBD45AED426A74CAB72F018FAC48A9C1E478481BEBD69F2E90FB760718D5E0601F59555162E4048D77572F8A65D042A824D3E9E0C8A5081965131B74C7C1AD272ABC61CE86A1690B23DB0DDE35327E8459A4E4922D33989BF89DC8DB79B94BBF03711AA68D6AAD255BFED535C54BE97EF579DA46E8C52563EA43E85CB7C242B27B81686B8A4313EF005E0EAF950978F6E9BA8E98B9E03564DBFF032DC9E4FBBE60C6B67E1A4C65EE87BC0D682413F2B8CB413633E1FA13D81B1DA863ACF8DFB5C84321403DE0E35DF54628D31353608C729F25B09F661935C4F9C21AB86EE006BB0910428BF568D0D875321A5237D862EF02E1F534E7EA419F1E8E0138C89E5F5A79A1F6CCA1E28C90EA16611E90C189570210EC40C060719BCD8A0100FB7C52406C87B79A70F298D9B478B6BFF05A07A9017');
CREATE TABLE rule_use (
	contract VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	number INTEGER, 
	PRIMARY KEY (contract, rule), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','date.full',1);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','deadline.within',1);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','money.figures',2);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','party.label',2);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','payment.instalment',1);
INSERT INTO "rule_use" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','penalty.rate_per_day',1);
CREATE TABLE tag (
	contract VARCHAR NOT NULL, 
	tag VARCHAR NOT NULL, 
	PRIMARY KEY (contract, tag), 
	FOREIGN KEY(contract) REFERENCES contract (id) ON DELETE CASCADE
);
INSERT INTO "tag" VALUES('b93be0ac91e209d08616bcb984e51f6dcb71cccfafa6147cffc5bde124b6245d','重要');
CREATE INDEX contract_by_import ON contract (imported_at, id);
CREATE INDEX contract_by_text ON contract (text_hash);
CREATE INDEX tag_by_name ON tag (tag);
CREATE INDEX identity_by_key ON identity ("key");
CREATE INDEX job_file_by_state ON job_file (job, state, place);
CREATE INDEX job_file_by_bytes ON job_file (sha256);
CREATE INDEX correction_by_contract ON correction (contract);
CREATE VIEW contracts AS SELECT c.id AS id, c.title AS title, c.contract_no AS contract_no, c.kind AS kind, c.sign_date AS sign_date, c.total AS total, c.currency AS currency, c.folder AS folder, c.imported_at AS imported_at, c.parsed_at AS parsed_at, c.producer AS producer, c.name AS source_name, c.media_type AS media_type, c.size AS size, c.pages AS pages, c.errors AS finding_errors, c.warnings AS finding_warnings, c.infos AS finding_infos, l.of AS same_as, l.relation AS relation, l.certainty AS certainty FROM contract c LEFT JOIN link l ON l.contract = c.id;
CREATE VIEW tags AS SELECT f.contract AS contract, f.tag AS tag FROM tag f;
CREATE VIEW clauses AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.unit AS unit, f.place AS place, f.part AS part, f.parent AS parent, f.level AS level, f.number AS number, f.heading AS heading, f.path_text AS path_text, f.citation AS citation, f.types AS types, f.page AS page, f.own_text AS own_text, SUBSTR(t.text, f.span_start + 1, f.span_end - f.span_start) AS text, f.span_start AS span_start, f.span_end AS span_end FROM clause f JOIN contract c ON c.id = f.contract JOIN contract_text t ON t.contract = f.contract;
CREATE VIEW parties AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.role AS role, f.role_kind AS role_kind, f.name AS name, f.credit_code AS credit_code, f.legal_representative AS legal_representative, f.agent AS agent, f.address AS address, f.phone AS phone, f.email AS email, f.bank AS bank, f.account AS account, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM party f JOIN contract c ON c.id = f.contract;
CREATE VIEW amounts AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.value AS value, f.currency AS currency, f.form AS form, f.label AS label, f.role AS role, f.is_total AS is_total, f.tax_included AS tax_included, f.per AS per, f.same_as AS same_as, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM amount f JOIN contract c ON c.id = f.contract;
CREATE VIEW rates AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.value AS value, f.role AS role, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM rate f JOIN contract c ON c.id = f.contract;
CREATE VIEW payments AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.sequence AS sequence, f.label AS label, f.percent AS percent, f.amount AS amount, f.payer AS payer, f.payee AS payee, f.deadline AS deadline, f.schedule AS schedule, f.conditions AS conditions, COALESCE((SELECT p.role FROM party p WHERE p.contract = f.contract AND p.id = f.payer), f.payer) AS payer_role, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM payment f JOIN contract c ON c.id = f.contract;
CREATE VIEW deadlines AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.number AS number, f.unit AS unit, f.workday AS workday, f.kind AS kind, f.relation AS relation, f.op AS op, f.who AS who, f.what AS what, f.trigger_text AS trigger_text, f.date AS date, f.day_of_month AS day_of_month, f.placeholder AS placeholder, COALESCE((SELECT p.role FROM party p WHERE p.contract = f.contract AND p.id = f.who), f.who) AS who_role, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM deadline f JOIN contract c ON c.id = f.contract;
CREATE VIEW dates AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.value AS value, f.precision AS precision, f.role AS role, f.valid AS valid, f.end_value AS end_value, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM calendar_date f JOIN contract c ON c.id = f.contract;
CREATE VIEW penalties AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.id AS id, f.clause AS clause, f.citation AS citation, f.page AS page, f.kind AS kind, f.liable AS liable, f.beneficiary AS beneficiary, f.rate AS rate, f.per AS per, f.base AS base, f.multiple AS multiple, f.amount AS amount, f.cap_rate AS cap_rate, f.cap_amount AS cap_amount, f.tier AS tier, f.exposure AS exposure, f.breach AS breach, f.remedies AS remedies, COALESCE((SELECT p.role FROM party p WHERE p.contract = f.contract AND p.id = f.liable), f.liable) AS liable_role, f.text AS text, f.span_start AS span_start, f.span_end AS span_end, f.rule AS rule FROM penalty f JOIN contract c ON c.id = f.contract;
CREATE VIEW findings AS SELECT f.contract AS contract, c.title AS title, c.folder AS folder, f.place AS place, f.code AS code, f.severity AS severity, f.message AS message, f.suggestion AS suggestion, f.elements AS elements, f.clause AS clause, f.citation AS citation, f.page AS page, f.text AS text, f.span_start AS span_start, f.span_end AS span_end FROM finding f JOIN contract c ON c.id = f.contract;
CREATE VIEW corrections AS SELECT f.contract AS contract, c.title AS title, f.number AS number, f.element AS element, f.kind AS kind, f.field AS field, f.parser_value AS parser_value, f.value AS value, f.who AS who, f.at AS at, f.why AS why, f.rule AS rule, f.clause AS clause, f.words AS words, f.state AS state FROM correction f JOIN contract c ON c.id = f.contract;
CREATE VIEW anchors AS SELECT f.contract AS contract, f.event AS event, f.date AS date, f.who AS who, f.at AS at FROM anchor f;
COMMIT;
