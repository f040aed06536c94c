using System.Security.Cryptography;
using SkillBadges.Credentials;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.App.Conformance;

/// <summary>The status lists of one run, one for each purpose: in memory, signed anew whenever they are asked for.</summary>
internal sealed class SuiteStatusLists(Settings settings, ThrowawayIssuers issuers, TimeProvider clock)
{
    /// <summary>The purposes that a suite can have set.</summary>
    public static readonly string[] Purposes = [StatusListEntry.Revocation, StatusListEntry.Suspension];

    private readonly DataIntegrity integrity = new(KnownContexts.Library);
    private readonly Lock changing = new();
    private readonly Dictionary<string, BitstringStatusList> lists = Purposes.ToDictionary(purpose => purpose, _ => BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1), StringComparer.Ordinal);
    private readonly Dictionary<(string Purpose, string Credential), long> places = [];
    private readonly HashSet<(string Purpose, long Index)> taken = [];

    /// <summary>A place in the list for the credential of that id; the same one when it is asked for again.</summary>
    public StatusListEntry Allocate(string purpose, string credentialId)
    {
        lock (changing)
        {
            if (!places.TryGetValue((purpose, credentialId), out var index))
            {
                // Half of the places stay free, so that a free one is found soon.
                if (places.Count >= BitstringStatusList.LeastEntries / 2)
                {
                    throw ConformanceProfile.Refused("status", "This run has given out all its status places; please start another.");
                }

                do
                {
                    index = RandomNumberGenerator.GetInt32(BitstringStatusList.LeastEntries);
                }
                while (!taken.Add((purpose, index)));
                places.Add((purpose, credentialId), index);
            }

            return new StatusListEntry($"{Url(purpose)}#{index}", purpose, index, Url(purpose), 1);
        }
    }

    public void Set(string purpose, string credentialId, bool isSet)
    {
        lock (changing)
        {
            lists[purpose][places.TryGetValue((purpose, credentialId), out var index) ? index : throw ConformanceProfile.Refused("status", "No credential of that id was issued here with that status.")] = isSet ? 1 : 0;
        }
    }

    /// <summary>The list as a signed credential.</summary>
    public async ValueTask<byte[]> ReadAsync(string purpose, CancellationToken cancellationToken)
    {
        var issuer = issuers.All[0];
        string bits;
        lock (changing)
        {
            bits = lists[purpose].Encode();
        }

        var now = clock.GetUtcNow();
        var list = new StatusListCredential(Url(purpose), issuer.Did, [purpose], bits, now, null, null);
        return await integrity.AddProofAsync(list.Write(), new ProofOptions(issuer.Suite) { Created = now }, issuer.Signer, cancellationToken);
    }

    /// <summary>The verifier's way out: to these lists and nowhere else.</summary>
    public async ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken) =>
        Purposes.FirstOrDefault(purpose => Url(purpose) == url.OriginalString) is { } purpose ? Fetched.Found(await ReadAsync(purpose, cancellationToken)) : Fetched.NotAllowed;

    private string Url(string purpose) => settings.Address.Link($"/status-lists/{purpose}");
}
