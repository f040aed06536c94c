using System.Text;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Passes;

public static class PassDocuments
{
    public static readonly AccessPath<SupervisorPass> ByLink = new AccessPath<SupervisorPass>("link").Equal("link", p => p.RevokedAt is null ? p.LinkHash : null).Unique();

    /// <summary>By the hash of the address, which is somebody's.</summary>
    public static readonly AccessPath<SupervisorPass> ByAddress =
        new AccessPath<SupervisorPass>("address").Equal("address", p => p.RevokedAt is null ? HashOf(p.To.Address) : null).OrderBy("sent", p => p.LinkSentAt);

    public static readonly DocumentKind<SupervisorPass> Kind = new("supervisor_pass", p => p.Placement.Value) { Paths = [ByLink, ByAddress] };

    public static string HashOf(string address) => Sha256Digest.Of(Encoding.UTF8.GetBytes(address.ToLowerInvariant())).Hex;
}
