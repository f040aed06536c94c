using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class AwardCredentialTests
{
    private static readonly CredentialId credential = CredentialId.New();

    [Fact]
    public void The_same_badge_version_is_the_same_achievement_at_every_school()
    {
        var high = Payload(Requests.Approved()).GetProperty("credentialSubject").GetProperty("achievement");
        var college = Payload(Requests.Approved(school: Requests.School("lakeside-college"))).GetProperty("credentialSubject").GetProperty("achievement");
        Assert.Equal("http://localhost:5080/achievements/bench-work/1", high.GetProperty("id").GetString());
        Assert.Equal(high.GetRawText(), college.GetRawText());
    }

    [Fact]
    public void The_issuer_is_the_schools_did()
    {
        var issuer = Payload(Requests.Approved()).GetProperty("issuer");
        Assert.Equal("did:web:localhost%3A5080:orgs:westfield-high", issuer.GetProperty("id").GetString());
        Assert.Equal("School westfield-high", issuer.GetProperty("name").GetString());
    }

    [Fact]
    public void Each_result_points_inside_the_achievement()
    {
        var subject = Payload(Requests.Approved()).GetProperty("credentialSubject");
        var descriptions = subject.GetProperty("achievement").GetProperty("resultDescription").EnumerateArray().ToDictionary(d => d.GetProperty("id").GetString()!);
        var results = subject.GetProperty("result").EnumerateArray().ToList();
        Assert.Equal(4, results.Count);
        Assert.All(results, result =>
        {
            var levels = descriptions[result.GetProperty("resultDescription").GetString()!].GetProperty("rubricCriterionLevel").EnumerateArray();
            Assert.Contains(result.GetProperty("achievedLevel").GetString(), levels.Select(level => level.GetProperty("id").GetString()));
        });
    }

    [Fact]
    public void Revocation_and_suspension_are_two_lists_at_one_index()
    {
        var entries = Payload(Requests.Approved()).GetProperty("credentialStatus").EnumerateArray().ToList();
        Assert.Equal(["revocation", "suspension"], entries.Select(e => e.GetProperty("statusPurpose").GetString()));
        Assert.Equal(["http://localhost:5080/status/list/revocation", "http://localhost:5080/status/list/suspension"], entries.Select(e => e.GetProperty("statusListCredential").GetString()));
        Assert.All(entries, e => Assert.Equal("77", e.GetProperty("statusListIndex").GetString()));
        Assert.All(entries, e => Assert.NotEqual(e.GetProperty("statusListCredential").GetString(), e.GetProperty("id").GetString()));
    }

    [Fact]
    public void A_badge_with_recency_ends_and_one_without_does_not()
    {
        Assert.Equal("2028-11-20T12:00:00Z", Payload(Requests.Approved()).GetProperty("validUntil").GetString());
        var request = Requests.Approved();
        Assert.False(Payload(request with { Badge = request.Badge with { RecencyMonths = null } }).TryGetProperty("validUntil", out _));
    }

    [Fact]
    public void Instants_are_whole_seconds_so_that_the_tokens_claims_agree() =>
        Assert.Equal("2026-11-20T12:00:00Z", Payload(Requests.Approved() with { DecidedAt = Requests.Noon.AddMilliseconds(999) }).GetProperty("validFrom").GetString());

    [Fact]
    public void An_assessor_of_another_organization_is_named_as_the_source_and_ones_own_is_not()
    {
        var request = Requests.Approved();
        var employer = Requests.School("acme-welding");
        var source = Payload(request with { Assessor = employer }).GetProperty("credentialSubject").GetProperty("source");
        Assert.Equal("did:web:localhost%3A5080:orgs:acme-welding", source.GetProperty("id").GetString());
        Assert.False(Payload(request with { Assessor = request.Organization }).GetProperty("credentialSubject").TryGetProperty("source", out _));
    }

    // What comes from learners into a request: their id, the ids of their submission, and what a browser says of a file.
    [Theory]
    [InlineData("Zoë Quint-Vane")]
    [InlineData("zoe@example.org")]
    [InlineData("2009-04-01")]
    [InlineData("image/jpeg; name=zoe.jpg")]
    [InlineData("application/zoe")]
    [InlineData("\u202Eeoz\u202C<script>")]
    [InlineData("S-000123456")]
    public void Nothing_that_comes_from_the_learner_stands_in_the_credential(string personal)
    {
        var request = Requests.Approved(personal) with { SubmissionId = SubmissionId.From(personal), DecisionId = personal };
        request = request with { Evidence = [new(Sha256Digest.Of("photo"u8), personal, EvidenceKind.Link, "filing")] };
        var text = Encoding.UTF8.GetString(Bytes(request));
        Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(JsonEncodedText.Encode(personal).ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("zoe", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_credential_is_the_same_bytes_whatever_comes_from_the_learner()
    {
        var plain = Requests.Approved();
        plain = plain with { Evidence = [plain.Evidence[0] with { MediaType = null }] };
        var expected = Bytes(plain);
        var random = new Random(20261121);
        for (var round = 0; round < 300; round++)
        {
            var hostile = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(1, 0xD7FF)));
            var personal = plain with
            {
                Learner = new(hostile),
                SubmissionId = new(hostile),
                DecisionId = hostile,
                Attempt = random.Next(),
                Evidence = [plain.Evidence[0] with { MediaType = hostile }],
            };
            Assert.Equal(expected, Bytes(personal));
        }
    }

    [Fact]
    public void What_could_be_guessed_is_not_named_by_its_bare_digest()
    {
        var request = Requests.Approved();
        var license = Sha256Digest.Of("CPR-12345"u8);
        var text = Encoding.UTF8.GetString(Bytes(request with { Evidence = [new(license, "application/json", EvidenceKind.Certificate, "filing")] }));
        Assert.DoesNotContain(Credentials.OpenBadges.Evidence.IdOf(license.ToBytes()), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_is_named_by_its_digest_and_a_well_known_media_type()
    {
        var evidence = Assert.Single(Payload(Requests.Approved()).GetProperty("evidence").EnumerateArray());
        Assert.StartsWith("ni:///sha-256;", evidence.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("image/jpeg", evidence.GetProperty("description").GetString());
    }

    private static JsonElement Payload(IssuanceRequest request) => JsonDocument.Parse(Bytes(request)).RootElement;

    private static byte[] Bytes(IssuanceRequest request) =>
        AwardCredential.Of(request, Requests.Address, credential, "urn:uuid:00000000-0000-4000-8000-000000000000", new StatusSlot(StatusListId.From("list"), 77)).ToJson();
}
