using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Tests.StatusLists;
using SkillBadges.Credentials.Verification;
using static SkillBadges.Credentials.Tests.Verification.Vectors.VerifierVector;
using static SkillBadges.Credentials.Tests.Verification.VerifierWorld;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>Statuses that are set, that cannot be read, and lists that are not the issuer's: none of these is "valid".</summary>
internal static class StatusVectors
{
    internal static IEnumerable<VerifierVector> All() => [.. Set(), .. ListsAlone(), .. Entries(), .. Lists(), .. Answers(), .. RevocationLists(), .. Good()];

    /// <summary>A status list that is itself handed over to be checked, as any credential may be.</summary>
    private static IEnumerable<VerifierVector> ListsAlone()
    {
        static string Alone(string encoded) => Encoding.UTF8.GetString(
            List(RevocationList, "revocation", BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1), list => encoded.Length == 0 ? list : list with { EncodedList = encoded }));
        static VerifierVector Bad(string name, string code, string encoded) => Invalid($"a list alone: {name}", CheckName.Shape, code, _ => Alone(encoded));

        yield return Accepted("a list alone", _ => Alone(""));
        yield return Accepted("a list alone, without an id", _ =>
        {
            var list = JsonNode.Parse(StrictBase64Url.Decode(Alone("").Split('.')[1])!)!.AsObject();
            list.Remove("id");
            return Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), list.ToJsonString());
        });
        yield return Bad("without multibase", "status.list-malformed", "H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
        yield return Bad("in base58", "status.list-malformed", "zH4sIAAAAAAAAA");
        yield return Bad("with padding", "status.list-malformed", "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA=");
        yield return Bad("too short", "status.list-too-short", Text(Zip(new byte[(BitstringStatusList.LeastEntries / 8) - 1])));
        yield return Bad("not packed", "status.list-malformed", Text(new byte[BitstringStatusList.LeastEntries / 8]));
    }

    private static IEnumerable<VerifierVector> Set()
    {
        static VerifierVector Bit(string name, string code, Action<VerifierWorld> set) =>
            new(name, Verdict.RevokedOrSuspended, CheckName.Status, code, world =>
            {
                set(world);
                return Issue();
            });

        yield return Bit("revoked", "revoked", world => world.Revocations[4711] = 1);
        yield return Bit("suspended", "suspended", world => world.Suspensions[4711] = 1);
        yield return Bit("both", "revoked", world => world.Revocations[4711] = world.Suspensions[4711] = 1);
        yield return Bit("revoked, suspensions out of reach", "revoked", world =>
        {
            world.Revocations[4711] = 1;
            world.Web.Remove(SuspensionList);
        });
        foreach (var index in new[] { 0, 1, 7, 8, 131_071 })
        {
            yield return new VerifierVector($"revoked at {index}", Verdict.RevokedOrSuspended, CheckName.Status, "revoked", world =>
            {
                world.Revocations[index] = 1;
                return WithEntry(Entry(RevocationList, "revocation", $"{index}"));
            });
        }

        yield return new VerifierVector("revoked by the second bit of a two-bit status", Verdict.RevokedOrSuspended, CheckName.Status, "revoked", world =>
        {
            var bits = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 2);
            bits[4711] = 1;
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", bits));
            var entry = Entry(RevocationList, "revocation");
            entry["statusSize"] = 2;
            entry["statusMessage"] = new JsonArray([.. Enumerable.Range(0, 4).Select(value => new JsonObject { ["status"] = $"0x{value}", ["message"] = "m" })]);
            return WithEntry(entry);
        });
        yield return new VerifierVector("revoked and expired", Verdict.RevokedOrSuspended, CheckName.Status, "revoked", world =>
        {
            world.Revocations[4711] = 1;
            return Issue(json => json["validUntil"] = "2026-05-02T00:00:00Z");
        });
    }

    /// <summary>Entries that bend the rules; the shape of a badge finds some of them before the status is read.</summary>
    private static IEnumerable<VerifierVector> Entries()
    {
        var number = 0;
        foreach (var row in StatusListCredentialTests.BadEntries)
        {
            var (good, bad, code) = ((string)row[0], (string)row[1], (string)row[2]);
            if ((bad.Length == 0 && good.Contains("\"type\"", StringComparison.Ordinal)) || bad.StartsWith("{\"id\":7", StringComparison.Ordinal))
            {
                yield return Invalid($"entry {number++}: {bad}", CheckName.Shape, "shape-member", _ => PlainWithStatus(StatusListCredentialTests.GoodEntry.Replace(good, bad, StringComparison.Ordinal)));
                continue;
            }

            yield return new VerifierVector($"entry {number++}: {bad}", code == "status.type-unsupported" ? Verdict.CouldNotBeChecked : Verdict.Invalid, CheckName.Status, code, _ =>
                PlainWithStatus(StatusListCredentialTests.GoodEntry.Replace(good, bad, StringComparison.Ordinal)));
        }

        yield return Unsettled("a purpose that is not understood", CheckName.Status, "status-purpose-unknown", _ => WithEntry(Entry(RevocationList, "blessing")));
        yield return Unsettled("a purpose that the list is not kept for", CheckName.Status, "status-purpose-mismatch", _ => WithEntry(Entry(SuspensionList, "revocation")));
        yield return Unsettled("an index at the end", CheckName.Status, "status-index-out-of-range", _ => WithEntry(Entry(RevocationList, "revocation", "131072")));
        yield return Unsettled("an index of 2 to the 32", CheckName.Status, "status-index-out-of-range", _ => WithEntry(Entry(RevocationList, "revocation", "4294967296")));
        yield return Unsettled("an index of 2 to the 59", CheckName.Status, "status-index-out-of-range", _ => WithEntry(Entry(RevocationList, "revocation", "576460752303423488")));
        foreach (var url in new[] { "ftp://north.example/1", "file:///etc/passwd", "data:application/json,7", "urn:list:1", "javascript:1" })
        {
            yield return Unsettled($"list at {url}", CheckName.Status, "status-list-url", _ => WithEntry(Entry(url, "revocation")));
        }
    }

    private static IEnumerable<VerifierVector> Lists()
    {
        static VerifierVector Listed(string name, string code, Func<StatusListCredential, StatusListCredential> change) =>
            Unsettled(name, CheckName.Status, code, world =>
            {
                world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", world.Revocations, change));
                return Issue();
            });
        var empty = Zip(new byte[16 * 1024]);
        yield return Listed("issued by another", "status-list-issuer", list => list with { IssuerId = "did:web:evil.example" });
        yield return Listed("under another id", "status-list-of-another", list => list with { Id = "https://north.example/status/revocation/2" });
        yield return Listed("for another purpose", "status-purpose-mismatch", list => list with { Purposes = ["suspension"] });
        yield return Listed("for two other purposes", "status-purpose-mismatch", list => list with { Purposes = ["message", "suspension"] });
        yield return Listed("expired", "status-list-expired", list => list with { ValidUntil = new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero) });
        yield return Listed("not yet in force", "status-list-expired", list => list with { ValidFrom = new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero) });
        yield return Listed("no list", "status.list-malformed", list => list with { EncodedList = "" });
        yield return Listed("not multibase", "status.list-malformed", list => list with { EncodedList = Text(empty)[1..] });
        yield return Listed("base58 instead", "status.list-malformed", list => list with { EncodedList = Multibase.EncodeBase58([1, 2, 3]) });
        yield return Listed("padded", "status.list-malformed", list => list with { EncodedList = Text(empty) + "=" });
        yield return Listed("not gzip", "status.list-malformed", list => list with { EncodedList = Text(new byte[200]) });
        yield return Listed("a plain deflate stream", "status.list-malformed", list => list with { EncodedList = Text(empty[10..]) });
        yield return Listed("cut short", "status.list-malformed", list => list with { EncodedList = Text([.. empty[..^12], .. empty[^8..]]) });
        yield return Listed("a wrong checksum", "status.list-malformed", list => list with { EncodedList = Text([.. empty[..^8], 1, 2, 3, 4, .. empty[^4..]]) });
        yield return Listed("a second member", "status.list-trailing-data", list => list with { EncodedList = Text([.. empty, .. empty]) });
        yield return Listed("data after it", "status.list-trailing-data", list => list with { EncodedList = Text([.. empty[..^8], .. new byte[9], .. empty[^8..]]) });
        yield return Listed("one entry", "status.list-too-short", list => list with { EncodedList = Text(Zip([0])) });
        yield return Listed("131,064 entries", "status.list-too-short", list => list with { EncodedList = Text(Zip(new byte[(16 * 1024) - 1])) });
        yield return Listed("17 MiB", "status.list-too-large", list => list with { EncodedList = Text(Zip(new byte[17 * 1024 * 1024])) });
        yield return Listed("a bomb that claims 4 GiB", "status.list-too-large", list => list with { EncodedList = Text([.. empty[..^4], 0xFF, 0xFF, 0xFF, 0xFF]) });
        yield return Listed("a bomb that claims little", "status.list-malformed", list => list with { EncodedList = Text([.. Zip(new byte[1 << 24])[..^4], 0, 64, 0, 0]) });
    }

    private static IEnumerable<VerifierVector> Answers()
    {
        static VerifierVector Answer(string name, string code, Func<VerifierWorld, Fetched> answer) =>
            Unsettled(name, CheckName.Status, code, world =>
            {
                world.Web[RevocationList] = () => answer(world);
                return Issue();
            });
        static Fetched Found(byte[] bytes) => Fetched.Found(bytes);

        yield return Answer("list not found", "status-list-not-found", _ => Fetched.NotFound);
        yield return Answer("list unreachable", "status-list-unreachable", _ => Fetched.Unreachable);
        yield return Answer("list not allowed", "status-list-not-allowed", _ => Fetched.NotAllowed);
        yield return Answer("an empty answer", "status-list-invalid", _ => Found([]));
        yield return Answer("an HTML page", "status-list-invalid", _ => Found("<html>"u8.ToArray()));
        yield return Answer("the bare list", "status-list-invalid", world => Found(Encoding.UTF8.GetBytes(world.Revocations.Encode())));
        yield return Answer("unsigned", "status-list-invalid", world => Found(new StatusListCredential(RevocationList, School, ["revocation"], world.Revocations.Encode(), null, null, null).Write()));
        yield return Answer("the credential itself", "status.list-malformed", _ => Found(Encoding.UTF8.GetBytes(Issue())));
        yield return Answer("signed by the attacker under the school's key id", "status-list-invalid", world => Found(List(RevocationList, "revocation", world.Revocations, key: AttackerKey)));
        yield return Answer("signed by the attacker under its own", "status-list-invalid", world =>
            Found(List(RevocationList, "revocation", world.Revocations, key: AttackerKey, keyId: LocalSigner.ForDidKey(AttackerKey).VerificationMethod)));
        yield return Answer("issued and signed by the attacker", "status-list-issuer", world => Found(List(
            RevocationList, "revocation", world.Revocations, list => list with { IssuerId = DidKey.Of(AttackerKey.Public) }, AttackerKey, LocalSigner.ForDidKey(AttackerKey).VerificationMethod)));
        yield return Answer("one bit of the signature flipped", "status-list-invalid", world =>
        {
            var bytes = List(RevocationList, "revocation", world.Revocations);
            bytes[^5] = bytes[^5] == (byte)'A' ? (byte)'B' : (byte)'A';
            return Found(bytes);
        });
        yield return Answer("the other list", "status-list-of-another", world => Found(List(SuspensionList, "suspension", world.Suspensions)));
        yield return Answer("larger than a megabyte", "status-list-invalid", _ => Found(new byte[2 * 1024 * 1024]));
        yield return Unsettled("both lists out of reach", CheckName.Status, "status-list-unreachable", world =>
        {
            world.Web.Remove(RevocationList);
            world.Web.Remove(SuspensionList);
            return Issue();
        });
        yield return Unsettled("the suspension list alone out of reach", CheckName.Status, "status-list-unreachable", world =>
        {
            world.Web.Remove(SuspensionList);
            return Issue();
        });
    }

    /// <summary>Lists of revoked ids (1EdTechRevocationList) of other issuers, which only their address vouches for.</summary>
    private static IEnumerable<VerifierVector> RevocationLists()
    {
        const string Place = "https://north.example/revocations.json";
        const string Id = SampleCredential.Id;

        static JsonObject Listing(params JsonNode[] revoked) =>
            new() { ["id"] = Place, ["issuer"] = School, ["revokedCredential"] = new JsonArray(revoked) };
        static JsonObject Listed(string id) => new() { ["id"] = id, ["revocationReason"] = "Given in error." };
        static string Serve(VerifierWorld world, string? list, Action<JsonObject>? change = null)
        {
            world.Web[Place] = () => list is null ? Fetched.Unreachable : Fetched.Found(Encoding.UTF8.GetBytes(list));
            return Issue(json =>
            {
                ((JsonArray)json["@context"]!).Add("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json");
                json["credentialStatus"] = new JsonObject { ["id"] = Place, ["type"] = "1EdTechRevocationList" };
                change?.Invoke(json);
            });
        }

        string Both(VerifierWorld world, JsonObject list) => Serve(world, list.ToJsonString(), json =>
            json["credentialStatus"] = new JsonArray(new JsonObject { ["id"] = Place, ["type"] = "1EdTechRevocationList" }, Entry(RevocationList, "revocation")));
        static VerifierVector Gone(string name, Func<VerifierWorld, string> make) => new(name, Verdict.RevokedOrSuspended, CheckName.Status, "revoked", make);
        static VerifierVector Open(string name, string code, string? list) => Unsettled(name, CheckName.Status, code, world => Serve(world, list));

        yield return Accepted("a list of revoked ids without this one", world => Serve(world, Listing(Listed("urn:other")).ToJsonString()));
        yield return Accepted("a list of revoked ids that revoked none", world => Serve(world, $$"""{"id":"{{Place}}","issuer":{"id":"{{School}}"} }"""));
        yield return Accepted("listed as not revoked", world => Serve(world, Listing(new JsonObject { ["id"] = Id, ["revoked"] = false }).ToJsonString()));
        yield return Gone("listed", world => Serve(world, Listing(Listed("urn:other"), Listed(Id)).ToJsonString()));
        yield return Gone("listed as revoked", world => Serve(world, Listing(new JsonObject { ["id"] = Id, ["revoked"] = true }).ToJsonString()));
        yield return Gone("listed alone, not in an array", world => Serve(world, new JsonObject { ["id"] = Place, ["issuer"] = School, ["revokedCredential"] = Listed(Id) }.ToJsonString()));
        yield return Gone("listed once as revoked and once as not", world => Serve(world, Listing(new JsonObject { ["id"] = Id, ["revoked"] = false }, Listed(Id)).ToJsonString()));
        yield return Gone("listed with an escape", world => Serve(world, Listing(Listed(" " + Id.Replace("-", "%2D", StringComparison.Ordinal))).ToJsonString()));
        yield return Gone("not listed, but its bit is set", world =>
        {
            world.Revocations[4711] = 1;
            return Both(world, Listing());
        });
        yield return Gone("listed, and its bit out of reach", world =>
        {
            world.Web.Remove(RevocationList);
            return Both(world, Listing(Listed(Id)));
        });
        yield return Gone("revoked by a bit beside a status of an unknown kind", world =>
        {
            world.Revocations[4711] = 1;
            return PlainWithStatus($$"""[{"id":"urn:s:1","type":"OtherStatus"},{{Entry(RevocationList, "revocation").ToJsonString()}}]""");
        });
        yield return Open("revoked ids out of reach", "status-list-unreachable", null);
        yield return Open("revoked ids of another issuer", "status-list-issuer", Listing().ToJsonString().Replace(School, "did:web:evil.example", StringComparison.Ordinal));
        yield return Open("revoked ids under another id", "status-list-of-another", Listing().ToJsonString().Replace("revocations.json", "others.json", StringComparison.Ordinal));
        yield return Open("revoked ids that are not JSON", "json.malformed", "<html>");
        yield return Open("revoked ids twice", "json.duplicate-member", Listing().ToJsonString()[..^1] + ",\"revokedCredential\":[]}");
        yield return Open("revoked ids without issuer", "status.list-malformed", $$"""{"id":"{{Place}}","revokedCredential":[]}""");
        yield return Open("revoked ids without id", "status.list-malformed", $$"""{"issuer":"{{School}}","revokedCredential":[]}""");
        yield return Open("a revoked id that is none", "status.list-malformed", Listing(JsonValue.Create(7)).ToJsonString());
        yield return Open("a revoked id that may be", "status.list-malformed", Listing(new JsonObject { ["id"] = Id, ["revoked"] = "false" }).ToJsonString());
        yield return Unsettled("revoked ids for a credential without id", CheckName.Status, "status-needs-id", world => VerifierWorld.Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), Payload(json =>
        {
            world.Web[Place] = () => Fetched.Found(Encoding.UTF8.GetBytes(Listing().ToJsonString()));
            json["type"] = new JsonArray("VerifiableCredential");
            json.Remove("id");
            json.Remove("jti");
            json["credentialStatus"] = new JsonObject { ["id"] = Place, ["type"] = "1EdTechRevocationList" };
        }).ToJsonString()));
        foreach (var place in new[] { "urn:list:1", "file:///etc/passwd", "data:application/json,7" })
        {
            yield return Unsettled($"revoked ids at {place}", CheckName.Status, "status-list-url", _ => PlainWithStatus($$"""{"id":"{{place}}","type":"1EdTechRevocationList"}"""));
        }

        yield return Invalid("revoked ids nowhere", CheckName.Status, "status.entry-malformed", _ => PlainWithStatus("""{"type":"1EdTechRevocationList"}"""));
        yield return Invalid("nine statuses", CheckName.Status, "status.entry-malformed", _ => PlainWithStatus($"[{string.Join(',', Enumerable.Repeat(Entry(RevocationList, "revocation").ToJsonString(), 9))}]"));
        yield return Accepted("an empty array of statuses", _ => PlainWithStatus("[]"));
    }

    private static IEnumerable<VerifierVector> Good()
    {
        yield return Accepted("neighbors revoked", world =>
        {
            world.Revocations[4710] = world.Revocations[4712] = 1;
            return Issue();
        });
        yield return Accepted("one entry, not an array", _ => WithEntry(Entry(RevocationList, "revocation")));
        yield return Accepted("no status", _ => Issue(json => json.Remove("credentialStatus")));
        yield return Accepted("a list for both purposes", world =>
        {
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", world.Revocations, list => list with { Purposes = ["suspension", "revocation"] }));
            return Issue();
        });
        yield return Accepted("a list that never ends", world =>
        {
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", world.Revocations, list => list with { ValidFrom = null, ValidUntil = null }));
            return Issue();
        });
        yield return Accepted("a list signed with another key of the school", world =>
        {
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", world.Revocations, key: Ed25519Key, keyId: $"{School}#{Ed25519Key.Public.Multikey}"));
            return Issue();
        });
        yield return Accepted("a message that is set is no revocation", world =>
        {
            world.Revocations[4711] = 1;
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "message", world.Revocations));
            return WithEntry(Entry(RevocationList, "message"));
        });
        yield return Accepted("a refresh that is set is no revocation", world =>
        {
            world.Revocations[4711] = 1;
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "refresh", world.Revocations));
            return WithEntry(Entry(RevocationList, "refresh"));
        });
        yield return Accepted("a list of a million entries", world =>
        {
            var bits = BitstringStatusList.Create(1_000_000, 1);
            bits[999_998] = 1;
            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", bits));
            return WithEntry(Entry(RevocationList, "revocation", "999999"));
        });
        yield return Accepted("a list packed by another program", world =>
        {
            using var output = new MemoryStream();
            using (var zip = new GZipStream(output, CompressionLevel.SmallestSize))
            {
                zip.Write(new byte[16 * 1024]);
            }

            world.Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", world.Revocations, list => list with { EncodedList = "u" + StrictBase64Url.Encode(output.ToArray()) }));
            return Issue();
        });
    }

    private static string WithEntry(JsonObject entry) => Issue(json => json["credentialStatus"] = entry);

    /// <summary>A credential that is no badge, so that nobody looks at its status before the status check does.</summary>
    private static string PlainWithStatus(string status) => Issue(json =>
    {
        json["type"] = new JsonArray("VerifiableCredential");
        json["credentialStatus"] = JsonNode.Parse(status);
    });

    private static byte[] Zip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Optimal))
        {
            zip.Write(bytes);
        }

        return output.ToArray();
    }

    private static string Text(byte[] gzip) => "u" + StrictBase64Url.Encode(gzip);
}
