/** Given names that are common in the registries of networks: half of what tells a person's name from a firm's. Data. */
import { listed } from './listed.ts';

export const givenNames: ReadonlySet<string> = new Set(
  listed(`
  # English
  aaron, adam, alan, albert, alex, alexander, alfred, amanda, amy, andrea, andrew, andy, angela, ann,
  anna, anthony, arthur, barbara, ben, benjamin, bill, bob, bradley, brandon, brian, bruce, bryan, carl,
  carol, catherine, charles, chris, christian, christina, christopher, craig, dan, daniel, darren, dave,
  david, dean, deborah, dennis, derek, don, donald, douglas, edward, elizabeth, emily, emma, eric, evan,
  frank, fred, gary, george, gerald, gordon, graham, greg, gregory, harold, harry, heather, helen, henry,
  howard, ian, jack, jacob, james, jamie, jane, jason, jeff, jeffrey, jennifer, jeremy, jerry, jessica,
  jim, joe, john, jonathan, joseph, josh, joshua, julia, julian, justin, karen, kate, keith, ken,
  kenneth, kevin, kim, kyle, larry, laura, lauren, lawrence, lee, leo, linda, lisa, louis, lucas, luke,
  marc, mark, martin, mary, matt, matthew, megan, melissa, michael, michelle, mike, nancy, nathan, neil,
  nicholas, nick, nicole, oliver, oscar, patricia, patrick, paul, peter, philip, phillip, rachel, ralph,
  raymond, rebecca, richard, rob, robert, roger, ron, ronald, roy, russell, ryan, sam, samantha, samuel,
  sandra, sarah, scott, sean, sharon, shaun, simon, stephanie, stephen, steve, steven, stuart, susan,
  terry, theodore, thomas, tim, timothy, todd, tom, tony, tyler, victor, victoria, vincent, walter,
  wayne, william, zachary, dylan, ethan, noah, nigel, trevor, clive, gavin, glenn, hugh, malcolm, barry,
  leon
  # German, Dutch, Nordic
  andreas, anders, anton, arne, bart, bas, bernd, bernhard, bjorn, bjoern, christoph, claus, dieter,
  dirk, dominik, erik, ernst, fabian, felix, florian, franz, friedrich, fritz, georg, gerhard, gunter,
  guenter, hannes, hans, harald, heiko, heinz, helmut, hendrik, holger, horst, ingo, jakob, jan, jens,
  jeroen, joachim, jochen, johan, johann, johannes, jonas, jorg, joerg, jurgen, juergen, kai, karl,
  karsten, klaus, konrad, kurt, lars, lennart, lukas, lutz, magnus, manfred, marcel, marcus, mario,
  markus, mathias, matthias, max, maximilian, mikael, mikkel, moritz, niklas, nils, norbert, olaf, ole,
  otto, pascal, pieter, rainer, ralf, reinhard, rene, robin, roland, rolf, rudolf, ruben, sander,
  sebastian, siegfried, stefan, steffen, sven, thorsten, tobias, torsten, udo, ulrich, uwe, volker,
  werner, wilhelm, wolfgang, wouter, jasper, joost, kees, maarten, mats, henrik, fredrik, gustav, oskar,
  jesper, soren, rasmus, jari, juha, mika, timo, antti, petri, sami, tero
  # French
  alain, alexandre, antoine, arnaud, aurelien, baptiste, benoit, bertrand, bruno, cedric, clement, cyril,
  denis, didier, fabien, fabrice, francois, frederic, gerard, gilles, guillaume, guy, herve, hugo,
  jacques, jean, jerome, julien, laurent, loic, ludovic, maxime, michel, mickael, nicolas, olivier,
  philippe, pierre, quentin, remi, romain, sebastien, sylvain, thibault, thierry, valentin, xavier, yann,
  yannick, yves, marie, nathalie, sophie, isabelle
  # Spanish and Portuguese
  adriano, alberto, alejandro, alessandro, alexandro, alfonso, alfredo, alonso, alvaro, ana, anderson,
  andre, andres, angel, antonio, armando, arturo, augusto, bernardo, caio, camilo, carla, carlos, cesar,
  claudio, cleber, cristian, cristiano, daniela, danilo, dario, diego, domingos, edgar, edilson,
  edinaldo, edson, eduardo, elias, emanuel, emerson, emilio, enrique, ernesto, esteban, evandro, everton,
  fabiano, fabio, fabricio, federico, felipe, fernanda, fernando, flavio, francisca, francisco, gabriel,
  genilson, geraldo, gerardo, gilberto, gilmar, gilson, giovanni, gonzalo, guilherme, guillermo, gustavo,
  hector, helio, henrique, hernan, humberto, ignacio, igor, isaac, ivan, jaime, javier, jesus, joao,
  joaquim, joaquin, joel, jonatas, jorge, jose, josue, juan, juliana, juliano, julio, junior, leandro,
  leonardo, lorenzo, lucia, luciano, luis, luiz, manoel, manuel, marcelo, marcia, marcio, marco, marcos,
  maria, mariana, mariano, mateus, matheus, mauricio, mauro, maximiliano, miguel, moises, murilo,
  natalia, nelson, nestor, nilson, omar, orlando, osvaldo, pablo, patricio, paula, paulo, pedro, rafael,
  ramiro, ramon, raul, reginaldo, renan, renato, ricardo, roberto, rodolfo, rodrigo, rogerio, romulo,
  ronaldo, rubens, salvador, sandro, santiago, sergio, silvio, thiago, tiago, valdir, valter, vicente,
  vinicius, vitor, wagner, wanderson, washington, welington, wellington, wesley, wilson, yuri, jeferson,
  jefferson, josiane, edmilson, valdemir, antonia, rosangela
  # Italian, Greek, Turkish
  carlo, daniele, davide, enrico, fabrizio, filippo, francesco, franco, gianluca, giacomo, giorgio,
  giulio, giuseppe, luca, luigi, massimo, matteo, maurizio, michele, nicola, paolo, pietro, riccardo,
  salvatore, simone, stefano, tommaso, vincenzo, dimitris, georgios, giorgos, ioannis, konstantinos,
  nikolaos, panagiotis, ahmet, ali, burak, emre, fatih, hakan, hasan, huseyin, ibrahim, ismail, kemal,
  mehmet, murat, mustafa, oguz, omer, onur, osman, serkan, volkan, yusuf
  # Slavic, Baltic, Hungarian, Romanian
  aleksander, aleksandr, aleksandar, aleksei, aleksey, alexei, alexey, anatoly, andrei, andrej, andrey,
  andrii, andriy, andrzej, arkadiusz, artem, artur, bartosz, bogdan, boris, cosmin, damian, dariusz,
  denys, dmitri, dmitrii, dmitriy, dmitry, dmytro, evgenii, evgeniy, evgeny, filip, gheorghe, gleb,
  grzegorz, iaroslav, ihor, ilya, ion, ionut, iryna, istvan, iurii, jacek, jakub, jaroslav, jaroslaw,
  jerzy, jiri, josef, jozef, kamil, karel, kirill, konstantin, krzysztof, laszlo, leonid, ladislav,
  leszek, lubomir, lukasz, maciej, maksim, maksym, marcin, marek, marian, mariusz, martins, mateusz,
  maxim, mihai, mihail, mikhail, milan, miroslav, mykhailo, mykola, nikita, nikola, nikolai, nikolay,
  oleg, oleh, oleksandr, oleksii, olga, ondrej, pavel, pawel, petr, piotr, przemyslaw, radoslaw, rafal,
  roman, ruslan, rustam, ryszard, serhii, sergei, sergey, sergii, sergiy, slawomir, stanislav, stanislaw,
  svetlana, szymon, tamas, taras, tatiana, tomas, tomasz, vadim, vadym, valentyn, valeriy, valery,
  vasile, vasiliy, vasyl, viacheslav, viktor, vitalii, vitaliy, vitaly, vlad, vladimir, vladislav,
  volodymyr, vyacheslav, waldemar, wojciech, yaroslav, yevhen, yevgeniy, yurii, yuriy, yury, zbigniew,
  zoltan, gabor, attila, ferenc, janos, sandor, georgi, ivaylo
  # Arabic, Persian, South and East Asian
  abdul, abdullah, ahmad, ahmed, amin, amir, arash, bilal, farid, fatima, hamid, hamza, hassan, hossein,
  hussain, imran, javad, karim, khalid, mahdi, mahmoud, majid, md, mehdi, mohamed, mohammad, mohammed,
  muhammad, mohd, nasir, omid, rahul, rashid, reza, saeed, saleh, samir, shahid, syed, tariq, usman,
  yasir, youssef, zahid, abhishek, ajay, amit, anil, anand, arun, ashok, deepak, dinesh, ganesh, gaurav,
  karthik, krishna, kumar, mahesh, manish, manoj, mukesh, naveen, nitin, pankaj, prakash, pradeep,
  praveen, raj, rajesh, rajiv, rakesh, ramesh, ravi, rohit, sachin, sandeep, sanjay, santosh, shyam,
  sunil, suresh, vijay, vikas, vikram, vinod, vivek, hiroshi, kenji, takashi, yuki, akira, satoshi, wei,
  jian, ming, xiao, zhang, wang, yang, chen, liu, zhao, huang, zhou, nguyen, tran, pham, minh, tuan,
  hung, agus, budi, dewi, eko, putra, wahyu
`),
);

/** Words inside a personal name that are no name: `Joao da Silva`, `Ludwig van Beek`. */
export const nameParticles: ReadonlySet<string> = new Set(
  listed(`
  al, ap, ben, bin, da, das, de, del, della, den, der, di, dos, do, du, e, el, ibn, jr, la, le, mac, mc,
  san, santa, sr, ten, ter, van, vom, von, y, zu, zum, filho, neto, sobrinho
`),
);

/** What registries add to one person's business: the name before it is a person's. */
export const soleTraderMarks: readonly string[] = listed(`
  fop, ip, pe, pfa, ii, mei, sole proprietor, sole trader, trading as, t a, einzelunternehmen,
  einzelfirma, eenmanszaak, individual entrepreneur, private entrepreneur, private person,
  physical person, private enterprise, osoba fizyczna, inh, autonomo, dzialalnosc gospodarcza,
  firma handlowa, enk, enkeltmandsvirksomhed, toiminimi, enskild firma, egyeni vallalkozo, sp, dba
`);

/** Legal forms of one person's business, at the end of a name. */
export const soleTraderForms: ReadonlySet<string> = new Set(['me', 'mei', 'eireli', 'epp', 'eirl', 'ei']);
