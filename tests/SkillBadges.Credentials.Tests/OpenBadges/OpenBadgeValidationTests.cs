using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Tests.OpenBadges;

public sealed class OpenBadgeValidationTests
{
    private const string Subject = "/credentialSubject";
    private const string Achievement = Subject + "/achievement";

    [Fact]
    public void What_we_write_has_no_fault()
    {
        foreach (var badge in new[] { Samples.Welding(), Samples.Full() })
        {
            var report = OpenBadgeValidation.Check(badge.ToJson());

            Assert.Empty(report.Faults);
            Assert.Equal(CredentialModel.AchievementCredential, report.Model);
            Assert.False(report.OlderDataModel);
        }

        Assert.Empty(OpenBadgeValidation.Check(Samples.Endorsement().ToJson()).Faults);
    }

    [Fact]
    public void Two_status_entries_are_noted_because_the_badge_standard_has_one()
    {
        var badge = Samples.Welding();

        Assert.Equal(["model.status-repeats"], OpenBadgeValidation.Check(badge.ToJson()).Notes.Select(note => note.Code));
        Assert.Empty(OpenBadgeValidation.Check((badge with { CredentialStatus = [badge.CredentialStatus[0]] }).ToJson()).Notes);
    }

    [Fact]
    public void Each_required_member_that_is_taken_away_is_named()
    {
        var cases = 0;
        foreach (var (path, name) in Places(Parsed(Samples.Full())).Where(place => Requires(place.Path, place.Name)))
        {
            var json = Parsed(Samples.Full());
            At(json, path)!.AsObject().Remove(name);

            Assert.Equal([$"{path}/{name}"], Check(json).Faults.Where(f => f.Code == "model.missing").Select(f => f.Path));
            cases++;
        }

        Assert.True(cases > 60, $"{cases} cases");
    }

    [Fact]
    public void Each_member_that_is_null_is_named()
    {
        foreach (var (path, name) in Places(Parsed(Samples.Full())))
        {
            var json = Parsed(Samples.Full());
            At(json, path)!.AsObject()[name] = null;

            Assert.Contains(($"{path}/{name}", "model.null"), Check(json).Faults.Select(f => (f.Path, f.Code)));
        }
    }

    [Fact]
    public void Each_member_of_a_wrong_kind_is_named()
    {
        foreach (var (path, name) in Places(Parsed(Samples.Full())).Where(place => place.Name != "@context"))
        {
            var json = Parsed(Samples.Full());
            var holder = At(json, path)!.AsObject();
            holder[name] = holder[name] is JsonValue value && value.TryGetValue<bool>(out _) ? JsonValue.Create("true") : JsonValue.Create(true);

            Assert.Contains($"{path}/{name}", Check(json).Faults.Select(f => f.Path));
        }
    }

    [Theory]
    [InlineData("", "@context", "\"https://www.w3.org/ns/credentials/v2\"", "model.context", "/@context")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2"]""", "model.context", "/@context")]
    [InlineData("", "@context", """["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://www.w3.org/ns/credentials/v2"]""", "model.context", "/@context/0")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.33.json"]""", "model.context", "/@context/1")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-2.0.3.json"]""", "model.context", "/@context/1")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org.evil.example/spec/ob/v3p0/context.json"]""", "model.context", "/@context/1")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",7]""", "model.context", "/@context/2")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","more"]""", "model.not-a-uri", "/@context/2")]
    [InlineData("", "type", "\"OpenBadgeCredential\"", "model.type", "/type")]
    [InlineData("", "type", """["OpenBadgeCredential"]""", "model.type", "/type")]
    [InlineData("", "type", """["VerifiableCredential","OpenBadgeCredential",3]""", "model.wrong-kind", "/type")]
    [InlineData("", "name", "\"a\\u0000b\"", "model.text", "/name")]
    [InlineData("", "name", """{"en":"a\u0000b"}""", "model.wrong-kind", "/name")]
    [InlineData("", "name", "{}", "model.wrong-kind", "/name")]
    [InlineData("", "name", """{"en":"Welding","type":"urn:x"}""", "model.wrong-kind", "/name")]
    [InlineData("", "name", """{"@value":"Welding","@type":"urn:x"}""", "model.wrong-kind", "/name")]
    [InlineData("", "id", "\"not a uri\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"urn:\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"//host/path\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"https://host/a b\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"https://host/%zz\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"3https://host\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", "\"https://host/<x>\"", "model.not-a-uri", "/id")]
    [InlineData("", "id", """{"en":"urn:uuid:1"}""", "model.wrong-kind", "/id")]
    [InlineData("", "issuer", "\"Riverside High\"", "model.not-a-uri", "/issuer")]
    [InlineData("", "issuer", "7", "model.wrong-kind", "/issuer")]
    [InlineData("", "issuer", """[{"id":"did:example:1","type":["Profile"]}]""", "model.repeated", "/issuer")]
    [InlineData("", "issuer", """{"id":"did:example:1","type":["Person"]}""", "model.type", "/issuer/type")]
    [InlineData("", "credentialSubject", "[]", "model.repeated", "/credentialSubject")]
    [InlineData("", "validFrom", "\"2026-03-14\"", "model.date-form", "/validFrom")]
    [InlineData("", "validFrom", "\"2026-03-14T15:09:26\"", "model.date-form", "/validFrom")]
    [InlineData("", "validFrom", "\"2026-02-30T15:09:26Z\"", "model.date-form", "/validFrom")]
    [InlineData("", "validFrom", "\"2026-03-14 15:09:26Z\"", "model.date-form", "/validFrom")]
    [InlineData("", "validFrom", "\"2026-03-14T15:09:26+25:00\"", "model.date-form", "/validFrom")]
    [InlineData("", "validFrom", "1773500966", "model.wrong-kind", "/validFrom")]
    [InlineData("", "validUntil", "\"2026-03-14T15:09:25Z\"", "model.dates-reversed", "/validUntil")]
    [InlineData("", "validUntil", "\"2026-03-14T16:09:25+01:00\"", "model.dates-reversed", "/validUntil")]
    [InlineData("", "awardedDate", "\"yesterday\"", "model.date-form", "/awardedDate")]
    [InlineData("", "evidence", """[{"type":["Evidence"]},null]""", "model.null", "/evidence/1")]
    [InlineData("", "evidence", """[{"type":["Photo"]}]""", "model.type", "/evidence/0/type")]
    [InlineData("", "evidence", """["https://files.example/1"]""", "model.wrong-kind", "/evidence/0")]
    [InlineData("", "endorsementJwt", """["e30.e30"]""", "model.jws-form", "/endorsementJwt/0")]
    [InlineData("", "endorsementJwt", """["e30.e30.AAAA\n"]""", "model.jws-form", "/endorsementJwt/0")]
    [InlineData("", "extra", """{"deep":[1,{"~a/b":null}]}""", "model.null", "/extra/deep/1/~0a~1b")]
    [InlineData("", "credentialStatus", """{"id":"urn:x:1"}""", "model.missing", "/credentialStatus/type")]
    [InlineData(Subject, "result", """[{"type":["Result"],"resultDescription":"https://elsewhere.example/rd"}]""", "model.result-unresolved", Subject + "/result/0/resultDescription")]
    [InlineData(Subject, "result", """[{"type":["Result"],"achievedLevel":"https://elsewhere.example/level"}]""", "model.level-unresolved", Subject + "/result/0/achievedLevel")]
    [InlineData(Subject, "result", """[{"type":["Result"],"resultDescription":"https://badges.example/achievements/smaw-fillet/2#safety","achievedLevel":"https://badges.example/achievements/smaw-fillet/2#bead-3"}]""", "model.level-unresolved", Subject + "/result/0/achievedLevel")]
    [InlineData(Subject, "result", """[{"type":["Result"],"status":"Passed"}]""", "model.unknown-word", Subject + "/result/0/status")]
    [InlineData(Subject, "result", """[{"type":["Result"],"status":"ext:Passed"}]""", "model.unknown-word", Subject + "/result/0/status")]
    [InlineData(Subject, "activityEndDate", "\"2020-01-01T00:00:00Z\"", "model.dates-reversed", Subject + "/activityEndDate")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":true,"identityHash":"a@example.com","identityType":"emailAddress"}]""", "model.identity-hash", Subject + "/identifier/0/identityHash")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":true,"identityHash":"sha256$abc","identityType":"emailAddress"}]""", "model.identity-hash", Subject + "/identifier/0/identityHash")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":"true","identityHash":"a","identityType":"emailAddress"}]""", "model.wrong-kind", Subject + "/identifier/0/hashed")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":false,"identityHash":"a","identityType":"email"}]""", "model.unknown-word", Subject + "/identifier/0/identityType")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":false,"identityHash":"a","identityType":"ext:x","more":1}]""", "model.unknown-member", Subject + "/identifier/0/more")]
    [InlineData(Subject, "identifier", """[{"type":["IdentityObject"],"hashed":false,"identityHash":"a","identityType":"ext:x"}]""", "model.repeated", Subject + "/identifier/0/type")]
    [InlineData(Subject, "image", """{"id":"https://badges.example/1.png","type":"Picture"}""", "model.type", Subject + "/image/type")]
    [InlineData(Subject, "image", "\"https://badges.example/1.png\"", "model.wrong-kind", Subject + "/image")]
    [InlineData(Subject, "image", """{"id":"https://badges.example/1.png","type":"Image","width":3}""", "model.unknown-member", Subject + "/image/width")]
    [InlineData(Subject, "creditsEarned", "\"0.5\"", "model.wrong-kind", Subject + "/creditsEarned")]
    [InlineData(Achievement, "criteria", "{}", "model.criteria-empty", Achievement + "/criteria")]
    [InlineData(Achievement, "achievementType", "\"Knighthood\"", "model.unknown-word", Achievement + "/achievementType")]
    [InlineData(Achievement, "achievementType", "\"my ext:Knighthood\"", "model.unknown-word", Achievement + "/achievementType")]
    [InlineData(Achievement, "achievementType", "\"ext:\"", "model.unknown-word", Achievement + "/achievementType")]
    [InlineData(Achievement, "inLanguage", "\"english\"", "model.language-form", Achievement + "/inLanguage")]
    [InlineData(Achievement, "tag", """["welding",5]""", "model.wrong-kind", Achievement + "/tag/1")]
    [InlineData(Achievement, "alignment", """[{"type":["Alignment"],"targetName":"n","targetUrl":"51-4121.00"}]""", "model.not-a-uri", Achievement + "/alignment/0/targetUrl")]
    [InlineData(Achievement, "alignment", """[{"type":["Alignment"],"targetName":"n","targetUrl":"https://x.example","targetType":"ceterms:Competency"}]""", "model.unknown-word", Achievement + "/alignment/0/targetType")]
    [InlineData(Achievement, "otherIdentifier", """[{"type":"IdentifierEntry","identifier":"1","identifierType":"ssn"}]""", "model.unknown-word", Achievement + "/otherIdentifier/0/identifierType")]
    [InlineData(Achievement + "/resultDescription/0", "requiredLevel", "\"urn:x:other\"", "model.level-unresolved", Achievement + "/resultDescription/0/requiredLevel")]
    [InlineData(Achievement + "/resultDescription/0", "resultType", "\"Stars\"", "model.unknown-word", Achievement + "/resultDescription/0/resultType")]
    [InlineData(Achievement + "/resultDescription/1", "id", "\"https://badges.example/achievements/smaw-fillet/2#safety\"", "model.duplicate-id", Achievement + "/resultDescription/1/id")]
    [InlineData(Achievement + "/resultDescription/0/rubricCriterionLevel/1", "id", "\"https://badges.example/achievements/smaw-fillet/2#safety-1\"", "model.duplicate-id", Achievement + "/resultDescription/0/rubricCriterionLevel")]
    [InlineData(Achievement + "/resultDescription/1/rubricCriterionLevel/0", "id", "\"https://badges.example/achievements/smaw-fillet/2#safety-1\"", "model.duplicate-id", Achievement + "/resultDescription/1/rubricCriterionLevel")]
    [InlineData(Achievement + "/resultDescription/0/rubricCriterionLevel/1", "points", "2", "model.wrong-kind", Achievement + "/resultDescription/0/rubricCriterionLevel/1/points")]
    [InlineData("/credentialStatus/0", "statusListIndex", "94567", "model.status-entry", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0", "statusListIndex", "\"-1\"", "model.status-entry", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0", "statusListIndex", "\"0x10\"", "model.status-entry", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0", "statusListIndex", "\" 7\"", "model.status-entry", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0", "statusPurpose", "\"\"", "model.status-entry", "/credentialStatus/0/statusPurpose")]
    [InlineData("/credentialStatus/0", "statusListCredential", "\"status\"", "model.status-entry", "/credentialStatus/0/statusListCredential")]
    [InlineData("/credentialStatus/0", "id", "\"https://badges.example/status/revocation/7\"", "model.status-entry", "/credentialStatus/0/id")]
    [InlineData("/credentialStatus/0", "statusSize", "0", "model.status-entry", "/credentialStatus/0/statusSize")]
    [InlineData("/credentialStatus/0", "statusSize", "2", "model.status-entry", "/credentialStatus/0/statusMessage")]
    [InlineData("/credentialStatus/0", "statusSize", "1.5", "model.status-entry", "/credentialStatus/0/statusSize")]
    public void What_breaks_a_rule_is_named_with_its_place(string path, string name, string value, string code, string where)
    {
        var json = Parsed(Samples.Welding());
        At(json, path)!.AsObject()[name] = JsonNode.Parse(value);
        if (name == "activityEndDate")
        {
            At(json, path)!.AsObject()["activityStartDate"] = "2021-01-01T00:00:00Z";
        }

        var faults = Check(json).Faults;

        Assert.Contains((where, code), faults.Select(fault => (fault.Path, fault.Code)));
    }

    [Theory]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context.json",{"x":"urn:x"}]""")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]""")]
    [InlineData("", "type", """["OpenBadgeCredential","AchievementCredential","VerifiableCredential","Other"]""")]
    [InlineData("", "issuer", "\"did:web:school.example\"")]
    [InlineData("", "issuer", """{"id":"https://school.example","type":"Profile","motto":"sapere aude"}""")]
    [InlineData("", "validFrom", "\"2026-03-14T15:09:26.123456789-07:00\"")]
    [InlineData("", "credentialSchema", """{"id":"https://x.example/s.json","type":"JsonSchema"}""")]
    [InlineData("", "proof", """{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-03-14T15:09:26Z","verificationMethod":"did:key:z6Mk#z6Mk","proofPurpose":"assertionMethod","proofValue":"z1"}""")]
    [InlineData("", "credentialStatus", """{"type":"1EdTechRevocationList","id":"https://x.example/revoked.json"}""")]
    [InlineData(Achievement, "achievementType", "\"ext:Knight-hood_2.0\"")]
    [InlineData(Achievement, "inLanguage", "\"zh-Hant-TW\"")]
    [InlineData(Subject, "image", """{"id":"data:image/png;base64,AAAA","type":"Image"}""")]
    [InlineData(Subject, "result", """[{"type":["Result"],"value":"A"}]""")]
    [InlineData("/credentialStatus/0", "statusMessage", """[{"status":"0x0","message":"a"},{"status":"0x1","message":"b"}]""")]
    public void What_the_standard_allows_is_no_fault(string path, string name, string value)
    {
        var json = Parsed(Samples.Welding());
        At(json, path)!.AsObject()[name] = JsonNode.Parse(value);

        Assert.Empty(Check(json).Faults);
    }

    [Theory]
    [InlineData("", "evidence", """{"type":"Evidence","name":"Coupon"}""", "model.not-an-array", "/evidence")]
    [InlineData("", "evidence", "[]", "model.empty-array", "/evidence")]
    [InlineData("", "name", """{"en":"Welding","es":"Soldadura"}""", "model.language-map", "/name")]
    [InlineData("", "name", """{"@value":"Soldadura","@language":"es"}""", "model.language-map", "/name")]
    [InlineData("", "credentialSchema", """[{"id":"https://x.example/s.json","type":"1EdTechJsonSchemaValidator2019"}]""", "model.context-lacks-extensions", "")]
    [InlineData(Achievement, "tag", "\"welding\"", "model.not-an-array", Achievement + "/tag")]
    [InlineData(Subject, "identifier", """[{"type":"IdentityObject","hashed":true,"identityHash":"md5$0cc175b9c0f1b6a831c399e269772661","identityType":"emailAddress"}]""", "model.identity-hash", Subject + "/identifier/0/identityHash")]
    public void What_the_text_discourages_and_the_schemas_accept_is_a_note(string path, string name, string value, string code, string where)
    {
        var json = Parsed(Samples.Welding());
        At(json, path)!.AsObject()[name] = JsonNode.Parse(value);

        var report = Check(json);

        Assert.Empty(report.Faults);
        Assert.Contains((where, code), report.Notes.Select(note => (note.Path, note.Code)));
    }

    [Fact]
    public void A_subject_without_id_or_identifier_is_refused()
    {
        var json = Parsed(Samples.Welding());
        At(json, Subject)!.AsObject().Remove("id");

        Assert.Equal([(Subject, "model.subject-unnamed")], Check(json).Faults.Select(fault => (fault.Path, fault.Code)));
    }

    [Fact]
    public void A_badge_of_the_older_data_model_is_accepted()
    {
        var json = Older();
        var report = Check(json);

        Assert.Empty(report.Faults);
        Assert.True(report.OlderDataModel);
    }

    [Theory]
    [InlineData("issuanceDate")]
    [InlineData("name")]
    [InlineData("issuer")]
    public void A_badge_of_the_older_data_model_has_its_own_required_members(string name)
    {
        var json = Older();
        json.AsObject().Remove(name);

        Assert.Equal([($"/{name}", "model.missing")], Check(json).Faults.Select(fault => (fault.Path, fault.Code)));
    }

    [Fact]
    public void The_dates_of_one_data_model_do_not_serve_the_other()
    {
        var json = Parsed(Samples.Welding());
        json.AsObject().Remove("validFrom");
        json.AsObject()["issuanceDate"] = "2024-05-01T00:00:00Z";

        Assert.Equal([("/validFrom", "model.missing")], Check(json).Faults.Select(fault => (fault.Path, fault.Code)));
    }

    [Theory]
    [InlineData("", "json.malformed", "")]
    [InlineData("{", "json.malformed", "")]
    [InlineData("[1]", "model.wrong-kind", "")]
    [InlineData("{}", "model.missing", "/type")]
    [InlineData("""{"type":["VerifiableCredential"]}""", "model.type", "/type")]
    [InlineData("""{"type":"a","type":"b"}""", "json.duplicate-member", "")]
    [InlineData("""{"type":"\ud800"}""", "json.not-unicode", "")]
    public void What_is_no_credential_gets_one_clear_fault(string json, string code, string where) =>
        Assert.Equal([(where, code)], OpenBadgeValidation.Check(Encoding.UTF8.GetBytes(json)).Faults.Select(fault => (fault.Path, fault.Code)));

    [Fact]
    public void The_report_stays_short_however_much_is_wrong()
    {
        var json = Parsed(Samples.Welding());
        At(json, Achievement)!.AsObject()["tag"] = new JsonArray([.. Enumerable.Range(0, 100_000).Select(i => JsonValue.Create(i))]);

        Assert.Equal(ValidationReport.MaximumFaults, Check(json).Faults.Count);
    }

    [Fact]
    public void A_member_name_that_is_written_with_escapes_is_the_same_member()
    {
        var text = Encoding.UTF8.GetString(Samples.Welding().ToJson()).Replace("\"validFrom\"", "\"v\\u0061lidFrom\"", StringComparison.Ordinal);

        Assert.Empty(OpenBadgeValidation.Check(Encoding.UTF8.GetBytes(text)).Faults);
    }

    private static JsonNode Older()
    {
        var json = Parsed(Samples.Welding() with { CredentialStatus = [] });
        var badge = json.AsObject();
        badge["@context"]![0] = "https://www.w3.org/2018/credentials/v1";
        badge["issuanceDate"] = badge["validFrom"]!.DeepClone();
        badge["expirationDate"] = badge["validUntil"]!.DeepClone();
        badge.Remove("validFrom");
        badge.Remove("validUntil");
        return json;
    }

    private static ValidationReport Check(JsonNode json) => OpenBadgeValidation.Check(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static JsonNode Parsed(AchievementCredential badge) => JsonNode.Parse(badge.ToJson())!;

    private static JsonNode? At(JsonNode json, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)json, (node, step) => node is JsonArray array ? array[int.Parse(step, null)] : node![step]);

    // Every member of every object, with the path of the object; members of free-form values are left out.
    private static IEnumerable<(string Path, string Name)> Places(JsonNode? node, string path = "") => node switch
    {
        JsonObject value => value.SelectMany(member => Places(member.Value, $"{path}/{member.Key}").Prepend((path, member.Key))),
        JsonArray values => values.SelectMany((item, index) => Places(item, $"{path}/{index}")),
        _ => [],
    };

    private static bool Requires(string path, string name)
    {
        var step = path.Split('/').Last(s => !int.TryParse(s, out _));
        var rule = step switch
        {
            "" => "AchievementCredential",
            "credentialSubject" => path.Contains("endorsement", StringComparison.Ordinal) ? "EndorsementSubject" : "AchievementSubject",
            "issuer" or "source" or "creator" or "parentOrg" => "Profile",
            "endorsement" => "EndorsementCredential",
            "identifier" => "IdentityObject",
            "otherIdentifier" => "IdentifierEntry",
            "geo" => "GeoCoordinates",
            _ => char.ToUpperInvariant(step[0]) + step[1..],
        };
        // A status entry has members of its own standard that are in no table.
        return OpenBadgeRules.Named(rule).Members.SingleOrDefault(member => member.Name == name)?.Required == true;
    }
}
