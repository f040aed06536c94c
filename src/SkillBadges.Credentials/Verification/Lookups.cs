using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Everything that one verification asks of the outside, each question once, and no more than a bounded number of them: a hostile
/// record must not make us ask hundreds of hosts.
/// </summary>
internal sealed class Lookups(VerifierPorts ports) : IDidResolver
{
    private const int MostDocuments = 16;
    private const int MostLists = 32;

    private readonly Dictionary<string, DidResolution> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fetched> lists = new(StringComparer.Ordinal);

    public async ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        if (documents.TryGetValue(did, out var known))
        {
            return known;
        }

        var resolution = documents.Count < MostDocuments
            ? await ports.Dids.ResolveAsync(did, cancellationToken).ConfigureAwait(false)
            : DidResolution.Failed(DidResolutionStatus.NotAllowed);
        documents[did] = resolution;
        return resolution;
    }

    internal async ValueTask<Fetched> FetchListAsync(Uri url, CancellationToken cancellationToken)
    {
        if (lists.TryGetValue(url.AbsoluteUri, out var known))
        {
            return known;
        }

        var fetched = lists.Count < MostLists
            ? await ports.FetchStatusList(url, cancellationToken).ConfigureAwait(false)
            : Fetched.NotAllowed;
        lists[url.AbsoluteUri] = fetched;
        return fetched;
    }
}
