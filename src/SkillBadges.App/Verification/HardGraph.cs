using System.Security.Cryptography;
using System.Text;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.App.Verification;

/// <summary>A graph that was made to be hard to label, so that the code which gives up on such graphs has run before a stranger sends one.</summary>
internal static class HardGraph
{
    private const int Nodes = 10;

    /// <summary>Takes all the work that is allowed for one graph, and gives up.</summary>
    public static void Refuse()
    {
        var everyTwo = from one in Enumerable.Range(0, Nodes) from other in Enumerable.Range(0, Nodes) where one != other select $"_:n{one} <urn:x> _:n{other} .\n";
        var quads = new QuadSet();
        NQuads.Read(Encoding.ASCII.GetBytes(string.Concat(everyTwo)), quads);
        try
        {
            new Canonicalization().Run(quads, HashAlgorithmName.SHA256);
        }
        catch (RdfException fault) when (fault.Code == RdfException.TooComplex)
        {
            // As it should.
        }
    }
}
